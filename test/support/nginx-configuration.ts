/** What every nginx of the tests and benches needs. One process: with a master, a killed one would leave its worker behind. Root's nginx reads as root. */
export function nginxConfiguration(folder: string, http: string): string {
  const bodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 256; }
http {
  ${bodies.join('\n  ')}
  access_log off;
  ${http}
}
`;
}
