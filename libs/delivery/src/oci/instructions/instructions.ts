import { FETCHING, loginLine, PULLING, quoted, type Instruction, type ReleaseToRun } from './release-to-run.js';

/** Every way to run the release that there is for it; each names what it fetches by digest. */
export function instructionsFor(release: ReleaseToRun): Instruction[] {
  return [
    container('docker', release),
    container('podman', release),
    kubernetes(release),
    llamaCpp(release),
    dockerModel(release),
    ollama(release),
  ].filter((one) => one !== undefined);
}

/** The runtime image fetches the weights by itself, and verifies them before it uses them. */
function container(tool: 'docker' | 'podman', { publicUrl, model, release, login, gguf, image }: ReleaseToRun): Instruction | undefined {
  if (!image || !gguf) return undefined;
  const token = login ? ' --env PADDOCK_TOKEN' : '';
  const lines = [
    ...(image.login ? [loginLine(tool, publicUrl)] : []),
    `${tool} run --rm --publish 127.0.0.1:8081:8080 --env PADDOCK_URL=${publicUrl}${token} --volume paddock-models:/models \\`,
    `  ${image.reference} --paddock ${model}/${release}`,
  ];
  const title = tool === 'docker' ? 'Docker' : 'Podman';
  return { tool, title, language: 'sh', text: `${lines.join('\n')}\n`, needs: login ? [FETCHING] : image.login ? [PULLING] : [] };
}

/** An image volume holds the release's files; the runtime image reads them there and fetches nothing. */
function kubernetes({ publicUrl, model, login, gguf, image, layouts }: ReleaseToRun): Instruction | undefined {
  const weights = layouts['modelpack'];
  if (!image || !gguf || !weights) return undefined;
  const secret = login || image.login;
  const lines = [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    `  name: ${model.replaceAll('.', '-')}`,
    'spec:',
    ...(secret ? ['  imagePullSecrets:', '    - name: paddock'] : []),
    '  containers:',
    '    - name: llama-server',
    `      image: ${image.reference}`,
    `      args: ["--model", ${JSON.stringify(`/model/${gguf.path}`)}, "--host", "0.0.0.0", "--port", "8080"]`,
    '      volumeMounts:',
    '        - name: model',
    '          mountPath: /model',
    '          readOnly: true',
    '  volumes:',
    '    - name: model',
    '      image:',
    `        reference: ${weights.byDigest}`,
    '        pullPolicy: IfNotPresent',
  ];
  const createSecret = `kubectl create secret docker-registry paddock --docker-server=${new URL(publicUrl).host} --docker-username=paddock --docker-password="$PADDOCK_TOKEN"`;
  const needs = ['Kubernetes with image volumes and a container runtime that mounts OCI artifacts, such as CRI-O'];
  return {
    tool: 'kubernetes',
    title: 'Kubernetes, as an image volume',
    language: 'yaml',
    text: `${secret ? `# ${createSecret}\n` : ''}${lines.join('\n')}\n`,
    needs: secret ? [...needs, PULLING] : needs,
  };
}

function llamaCpp({ publicUrl, model, release, login, gguf }: ReleaseToRun): Instruction | undefined {
  if (!gguf) return undefined;
  const file = quoted(`${model}/${gguf.path}`);
  const lines = [
    `npx paddock --portal ${publicUrl} download ${model} ${release} --dir ${model}`,
    `printf '%s  %s\\n' ${gguf.sha256} ${file} | sha256sum --check`,
    `llama-server --model ${file} --port 8081`,
  ];
  const needs = ['llama.cpp', 'the command line “paddock”'];
  return {
    tool: 'llama.cpp',
    title: 'llama.cpp',
    language: 'sh',
    text: `${lines.join('\n')}\n`,
    needs: login ? [...needs, FETCHING] : needs,
  };
}

function dockerModel({ publicUrl, login, layouts }: ReleaseToRun): Instruction | undefined {
  const layout = layouts['docker'];
  if (!layout) return undefined;
  const lines = [
    ...(login ? [loginLine('docker', publicUrl)] : []),
    `docker model pull ${layout.byTag}`,
    `docker model run ${layout.byTag}`,
  ];
  const needs = [`Docker Model Runner; what it pulls is ${layout.byDigest}`, ...(login ? [PULLING] : [])];
  return { tool: 'docker-model', title: 'Docker Model Runner', language: 'sh', text: `${lines.join('\n')}\n`, needs };
}

/** Ollama has no way to send a token of another registry's: it can pull what is open to everybody. */
function ollama({ login, layouts }: ReleaseToRun): Instruction | undefined {
  const layout = layouts['ollama'];
  if (!layout || login) return undefined;
  const text = `ollama pull ${layout.byTag}\nollama run ${layout.byTag}\n`;
  return { tool: 'ollama', title: 'Ollama', language: 'sh', text, needs: [`Ollama; what it pulls is ${layout.byDigest}`] };
}
