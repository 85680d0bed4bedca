import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TcpDoor {
  /** The PostgreSQL URL of a socket's folder, by way of this door. */
  through(url: string): string;
  close(): Promise<void>;
}

/** Lets containers reach a PostgreSQL that listens on a socket in a folder of its own user's. */
export async function openTcpDoor(postgresUrl: string): Promise<TcpDoor> {
  const folder = new URL(postgresUrl).searchParams.get('host')!;
  const open = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(`${folder}/.s.PGSQL.5432`);
    from.pipe(to).pipe(from);
    for (const socket of [from, to]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        from.destroy();
        to.destroy();
      });
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    through: (url) => {
      const { protocol, username, password, pathname } = new URL(url);
      return `${protocol}//${username}:${password}@127.0.0.1:${port}${pathname}`;
    },
    close: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
