// @ts-expect-error: the package has no types of its own
import Server from 'bittorrent-tracker/server';

/** bittorrent-tracker over HTTP, as a process of its own; says its port. */
const server = new Server({ udp: false, ws: false, stats: false, http: true, trustProxy: false });
server.on('error', (error: Error) => {
  throw error;
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`port ${server.http.address().port}\n`));
