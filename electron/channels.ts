/** The two channels between a window and the main process. */
export const callChannel = 'seedloom:call';
export const eventChannel = 'seedloom:event';
