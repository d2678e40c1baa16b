import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const project = join(import.meta.dirname, '../../kafka');

/** A broker of a test, a single node on loopback. */
export interface KafkaBroker {
  readonly address: string;
  /** Ends it with SIGKILL and starts it again. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The class path of Kafka's broker, fetched from Maven Central; or why it cannot be had here, as
 * a sentence.
 */
export async function kafkaClassPath(): Promise<
  { readonly classPath: string } | { readonly reason: string }
> {
  for (const program of ['java', 'mvn']) {
    const answers = await run(program, ['-version']).then(
      () => true,
      () => false,
    );
    if (!answers) return { reason: `${program} is not installed` };
  }
  const directory = mkdtempSync(join(tmpdir(), 'kafka-class-path-'));
  try {
    const listed = join(directory, 'class-path.txt');
    const goals = ['dependency:build-classpath', `-Dmdep.outputFile=${listed}`];
    await run('mvn', ['-q', '-B', '-f', join(project, 'pom.xml'), ...goals]);
    return { classPath: readFileSync(listed, 'utf8').trim() };
  } catch (error) {
    if (!/Could not (transfer|resolve)|Unknown host|offline/.test(String(error))) throw error;
    return { reason: 'Maven cannot fetch Kafka' };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Formats storage in a temporary directory and starts a broker on free ports. */
export async function startKafkaBroker(classPath: string): Promise<KafkaBroker> {
  const directory = mkdtempSync(join(tmpdir(), 'kafka-'));
  const [port, controllerPort] = [await freePort(), await freePort()];
  const properties = join(directory, 'server.properties');
  writeFileSync(properties, propertiesOf(directory, port, controllerPort));
  const java = [...quickStart, '-cp', classPath];
  const cluster = 'c3Byb3V0LXRlc3QtMDAwMQ';
  await run('java', [
    ...java,
    'kafka.tools.StorageTool',
    'format',
    '-t',
    cluster,
    '-c',
    properties,
  ]);
  const start = () => spawn('java', [...java, 'kafka.Kafka', properties], { stdio: 'ignore' });
  let broker = start();
  return {
    address: `127.0.0.1:${port}`,
    kill: async () => {
      await end(broker);
      broker = start();
    },
    stop: async () => {
      await end(broker);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A small heap and the quick compiler alone: a test's broker lives for seconds. */
const quickStart = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

function propertiesOf(directory: string, port: number, controllerPort: number): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    `log.dirs=${join(directory, 'data')}`,
    'auto.create.topics.enable=false',
    'offsets.topic.num.partitions=1',
    'offsets.topic.replication.factor=1',
    'group.initial.rebalance.delay.ms=0',
    'group.min.session.timeout.ms=1000',
    '',
  ].join('\n');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
