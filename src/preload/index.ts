import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Transport } from '../contract/client.ts';

// Two fixed channels, spelled out: a sandboxed preload should import nothing it can do without.
const transport: Transport = {
  invoke: (name, input) => ipcRenderer.invoke('engine:invoke', name, input),
  subscribe: (listener) => {
    const forward = (_event: IpcRendererEvent, batch: Parameters<typeof listener>[0]): void => {
      listener(batch);
    };
    ipcRenderer.on('engine:batch', forward);
    return () => {
      ipcRenderer.off('engine:batch', forward);
    };
  },
};

contextBridge.exposeInMainWorld('engine', transport);
