/** Below this zoom a card is a poster: its picture, its title, its state. */
export const posterZoom = 0.45;

/** So many cards that what is not in sight is worth leaving out. */
export const isManyCards = (count: number) => count > 120;
