import { plural } from '../plural.js';

/** Files, and the ways to fetch them. */
export const DOWNLOADS = {
  title: 'Downloads',
  release: 'Release',
  noRelease: 'No release is published at the moment.',
  files: 'Files',
  file: 'File',
  size: 'Size',
  all: 'All files',
  take: (path: string) => `Take ${path}`,
  chosen: (files: number, of: number, size: string) => `${files} of ${plural(of, 'file')}, ${size}.`,
  disk: (size: string) => `Disk needed: ${size}; files are written once, in place.`,
  memory: (size: string) => `Memory to run it: about ${size}.`,
  chooseOne: 'Choose at least one file.',
  make: 'Make the links',
  makeNew: 'Make links for this choice',
  linksFor: (files: number, size: string) => `Links for ${plural(files, 'file')}, ${size}`,
  left: (time: string) => `The links work for another ${time}.`,
  leftTime: (days: number, hours: number, minutes: number, seconds: number) =>
    days > 0
      ? `${plural(days, 'day')} and ${plural(hours, 'hour')}`
      : hours > 0
        ? `${plural(hours, 'hour')} and ${plural(minutes, 'minute')}`
        : minutes > 0
          ? `${plural(minutes, 'minute')} and ${plural(seconds, 'second')}`
          : plural(seconds, 'second'),
  over: 'The links have ended; the files that you have so far are kept, and new links go on from there.',
  renew: 'Renew the links',
  recall: (seconds: number | null, cutsRunning: boolean) =>
    seconds === null
      ? 'What peers hold of a torrent cannot be called back.'
      : cutsRunning
        ? 'If your access ends, they stop within a second.'
        : seconds <= 1
          ? 'If your access ends, no further download begins; one that runs goes on to its end.'
          : `If your access ends, downloads may begin for ${plural(Math.round(seconds), 'second')} more, and go on to their end.`,
  mine: 'These links are yours: they name your grant and you. Do not pass them on.',
  tabs: {
    browser: 'Browser',
    script: 'Script (curl)',
    aria2: 'aria2',
    torrent: 'Torrent',
    cli: 'Command line',
    container: 'Container',
  },
  tabsLabel: 'Ways to fetch them',
  browserLead: 'Each file by itself; the browser’s own list of downloads shows how far it is.',
  scriptLead:
    'Needs curl and sh alone. It goes on where it stopped, checks every SHA-256, and says why when something is refused. Run it again at any time.',
  scriptToken: 'With an access token in PADDOCK_TOKEN it renews its own links.',
  aria2Lead: 'Several connections a file, goes on where it stopped, and checks every SHA-256.',
  torrentLead:
    'A private swarm of those who have access, and the portal’s own seeder. The file holds your own passkey. Best for large files and many machines.',
  torrentNone: 'There is no torrent of this choice: the license allows none, or it is not made yet. Torrents are of whole releases.',
  torrentFile: 'Torrent file',
  metalink: 'Or by Metalink, which takes from both the swarm and the portal:',
  cliLead: 'From a checkout of Paddock, as CI and servers do it: with an access token, without a browser.',
  cliToken: 'Make an access token',
  cliTokenNote: 'It needs the scope “download”. Type it at the prompt, so that it stays out of the shell’s history:',
  passkey: 'Passkey',
  passkeyLead: 'If somebody else may have your torrent file, replace the passkey and fetch the torrent again. What was downloaded is kept.',
  passkeyAtOnce: 'There was a leak: end the old passkey at once, instead of after a day',
  passkeyRotate: 'Replace the passkey',
  passkeyDone: 'The passkey is replaced',
  passkeyUntil: 'The old one ends',
  verify: 'Check what you have',
  verifyLead: 'Every file by its SHA-256. The script, aria2 and the command line do this by themselves.',
  run: 'Run it now',
  runLead: 'With llama.cpp installed, this serves the model on your own machine:',
  runAsk: 'And this asks it something:',
  progress: 'Your downloads',
  progressLead: 'Counted by the portal as it sends; of the last two days.',
  progressStates: { running: 'Running', complete: 'Complete', 'broken-off': 'Broken off', elsewhere: 'Sent by the store' },
  progressOf: (done: string, all: string) => `${done} of ${all}`,
  progressElsewhere: 'not counted here',
  progressRate: (rate: string) => `${rate} per second`,
  progressBar: (path: string) => `How far ${path} is`,
};
