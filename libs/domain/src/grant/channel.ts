export const CHANNELS = ['link', 'direct', 'torrent', 'oci', 'hub'] as const;
export type Channel = (typeof CHANNELS)[number];

/** How what was handed out can be taken back; from strong to weak. */
export type Recall = 'at-once' | 'on-expiry' | 'never';

export const CHANNEL_RECALL: Readonly<Record<Channel, Recall>> = {
  link: 'at-once',
  direct: 'on-expiry',
  torrent: 'never',
  oci: 'at-once',
  hub: 'at-once',
};

const BITS: Readonly<Record<Channel, number>> = { link: 1, direct: 2, torrent: 4, oci: 8, hub: 16 };

export function channelBit(channel: Channel): number {
  return BITS[channel];
}

/** The bit set of a license version's channels, as AccessFacts carries it. */
export function channelBits(channels: readonly Channel[]): number {
  return channels.reduce((bits, channel) => bits | BITS[channel], 0);
}
