// webtorrent 3 brings no types, and @types/webtorrent describes version 0: this is what is used of it.
declare module 'webtorrent' {
  import type { EventEmitter } from 'node:events';

  interface Options {
    dht: boolean;
    lsd: boolean;
    utPex: boolean;
    natUpnp: boolean;
    natPmp: boolean;
    utp: boolean;
    /** 0: plain connections. */
    secure: 0 | 1 | 2;
  }

  interface Torrent extends EventEmitter {
    /** The folder that its files are below. */
    readonly name: string;
    /** Bytes that have been checked, pieces from an earlier run among them. */
    readonly progress: number;
    readonly length: number;
  }

  export default class WebTorrent extends EventEmitter {
    constructor(options: Options);
    add(torrent: Uint8Array, options: { path: string }): Torrent;
    destroy(done: () => void): void;
  }
}
