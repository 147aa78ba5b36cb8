import { EventEmitter } from 'node:events';

class Session extends EventEmitter {
  setPermissionRequestHandler() {}
  setPermissionCheckHandler() {}
  setDevicePermissionHandler() {}
}

const partitions = new Map();

export const session = {
  defaultSession: new Session(),
  fromPartition(name) {
    if (!partitions.has(name)) partitions.set(name, new Session());
    return partitions.get(name);
  },
};
