import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { Bridge, BridgeAnswer, BridgeCall, BridgeEvent, BridgeInput } from '#core/ipc';
import { callChannel, eventChannel } from './channels';

const bridge: Bridge = {
  call<C extends BridgeCall>(name: C, input: BridgeInput<C>) {
    return ipcRenderer.invoke(callChannel, name, input) as Promise<BridgeAnswer<C>>;
  },
  listen(listener) {
    const receive = (_event: IpcRendererEvent, event: BridgeEvent) => listener(event);
    ipcRenderer.on(eventChannel, receive);
    return () => {
      ipcRenderer.off(eventChannel, receive);
    };
  },
  pathOfFile(file) {
    if (!(file instanceof File)) return '';
    // Electron before 29 has no webUtils; there the file itself knows.
    const known = webUtils as typeof webUtils | undefined;
    return known === undefined ? ((file as File & { path?: string }).path ?? '') : known.getPathForFile(file);
  },
};

contextBridge.exposeInMainWorld('seedloom', bridge);
