import type { Socket } from 'node:net';

/** Sockets of one pool, so that closing it can end those that do not end by themselves. */
export interface OpenSockets {
  dial(): Socket;
  destroy(): void;
}

export function openSockets(dial: () => Socket): OpenSockets {
  const open = new Set<Socket>();
  return {
    dial: () => {
      const socket = dial();
      open.add(socket);
      return socket.once('close', () => open.delete(socket));
    },
    destroy: () => {
      for (const socket of open) socket.destroy();
    },
  };
}
