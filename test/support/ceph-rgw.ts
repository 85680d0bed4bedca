import type { ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { ChildPrograms } from './child-programs.js';

export const cephRgwPrograms = ['ceph-mon', 'ceph-osd', 'radosgw'];
export const cephRgwRemedy = 'apt-get install -y --no-install-recommends ceph-mon ceph-osd radosgw';

export interface CephRgw {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Kills the gateway; what is stored stays, and `startGateway` serves it again at the same address. */
  killGateway(): Promise<void>;
  startGateway(): Promise<void>;
  /** Another pair for the same user, and the end of one. */
  giveKey(accessKeyId: string, secretAccessKey: string): Promise<void>;
  takeKey(accessKeyId: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Ceph object gateway of its own (one monitor, one OSD in memory) on loopback; about 2 s, 140 MB. */
export async function startCephRgw(): Promise<CephRgw> {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-ceph-'));
  const programs = new ChildPrograms(folder, { CEPH_CONF: join(folder, 'ceph.conf') });
  const stop = async (): Promise<void> => {
    await programs.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    return { ...(await startDaemons(folder, programs)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startDaemons(folder: string, programs: ChildPrograms): Promise<Omit<CephRgw, 'stop'>> {
  const [monitor, gateway] = [await freePort(), await freePort()];
  const fsid = randomUUID();
  const [accessKeyId, secretAccessKey] = [randomBytes(10).toString('hex'), randomBytes(20).toString('hex')];
  for (const data of ['mon', 'osd', 'rgw']) await mkdir(join(folder, data));
  await writeFile(join(folder, 'ceph.conf'), configuration(folder, fsid, monitor, gateway));

  const map = join(folder, 'monmap');
  await programs.run('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', `[v2:127.0.0.1:${monitor}]`, map]);
  await programs.run('ceph-mon', ['-i', 'a', '--mkfs', '--monmap', map]);
  programs.start('ceph-mon', ['-f', '-i', 'a']);
  await programs.run('ceph', ['osd', 'new', fsid]);
  await programs.run('ceph-osd', ['-i', '0', '--mkfs', '--osd-uuid', fsid]);
  programs.start('ceph-osd', ['-f', '-i', '0']);
  const user = ['--uid=paddock', '--display-name=paddock', `--access-key=${accessKeyId}`, `--secret-key=${secretAccessKey}`];
  await programs.run('radosgw-admin', ['user', 'create', ...user]);
  const endpoint = `http://127.0.0.1:${gateway}`;
  let running: ChildProcess;
  const startGateway = async () => {
    running = programs.start('radosgw', ['-f', '-n', 'client.rgw']);
    await ready(endpoint, programs);
  };
  await startGateway();
  const key = async (command: 'create' | 'rm', ...more: string[]) =>
    void (await programs.run('radosgw-admin', ['key', command, '--uid=paddock', '--key-type=s3', ...more]));
  return {
    endpoint,
    region: 'us-east-1',
    accessKeyId,
    secretAccessKey,
    killGateway: () => programs.kill(running),
    startGateway,
    giveKey: (id, secret) => key('create', `--access-key=${id}`, `--secret-key=${secret}`),
    takeKey: (id) => key('rm', `--access-key=${id}`),
  };
}

/** Status 200 alone could come from another server on a reused port. */
async function ready(endpoint: string, programs: ChildPrograms): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await setTimeout(50)) {
    programs.assertRunning();
    const body = await fetch(endpoint).then(
      (answer) => answer.text(),
      () => '',
    );
    if (body.includes('ListAllMyBuckets')) return;
  }
  throw new Error(`the Ceph object gateway did not answer at ${endpoint}: ${await programs.log()}`);
}

/** crc mode: without it the monitor hangs; the short propose interval saves some 12 s. */
function configuration(folder: string, fsid: string, monitor: number, gateway: number): string {
  return `[global]
fsid = ${fsid}
mon_host = v2:127.0.0.1:${monitor}
public_addr = 127.0.0.1
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
ms_mon_client_mode = crc
paxos_propose_interval = 0.05
run_dir = ${folder}
log_file = ${folder}/$name.log
admin_socket = ${folder}/$name.asok
mon_data = ${folder}/mon
osd_data = ${folder}/osd
rgw_data = ${folder}/rgw
mon_data_avail_crit = 0
mon_allow_pool_size_one = true
osd_objectstore = memstore
memstore_device_bytes = 8589934592
osd_pool_default_size = 1
osd_pool_default_pg_num = 8
osd_pool_default_pg_autoscale_mode = off
rgw_frontends = beast endpoint=127.0.0.1:${gateway}
`;
}
