import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf, compileConfig, findTool, publishRunFile, startStack } from '@sprout/process';
import type { Stack, SproutConfig } from '@sprout/process';
import { z } from 'zod';
import sproutConfig from '../../../sprout.config.ts';
import { alertsCommands } from '../commands.ts';
import { alertmanagerProcess } from '../process/alertmanager.ts';
import { previewed } from '../preview/preview.ts';
import { text } from './named.ts';
import { notificationTemplate } from './template.ts';

const directory = mkdtempSync(join(tmpdir(), 'sprout-notifications-'));
const posted: string[] = [];
const mailed: string[] = [];
let http: Server;
let smtp: TcpServer;
let stack: Stack | undefined;
let config: SproutConfig;

before(async () => {
  http = createServer((request, response) => {
    let body = `${request.url} ${request.headers.authorization ?? ''}\n`;
    request.setEncoding('utf8').on('data', (chunk: string) => void (body += chunk));
    request.on('end', () => {
      posted.push(body);
      response.end('ok');
    });
  });
  smtp = createTcpServer((socket) => {
    let data = false;
    socket.setEncoding('utf8').write('220 sink ESMTP\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => {
      if (data) {
        mailed.push(chunk);
        if (!mailed.join('').endsWith('\r\n.\r\n')) return;
        data = false;
        return void socket.write('250 kept\r\n');
      }
      data = chunk.startsWith('DATA');
      if (chunk.startsWith('QUIT')) return void socket.end('221 bye\r\n');
      socket.write(data ? '354 go on\r\n' : '250 ok\r\n');
    });
  });
  const port = async (server: Server | TcpServer) => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const sink = `http://127.0.0.1:${await port(http)}`;
  const write = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const severities = ['page' as const];
  const compiled = compileConfig(
    {
      ...sproutConfig,
      timeScale: 60,
      dataDir: join(directory, 'data'),
      alerts: {
        language: 'ko',
        receivers: [
          {
            name: 'hook',
            severities,
            to: { kind: 'webhook', url: `${sink}/hook`, tokenFile: write('token', 'hush') },
          },
          {
            name: 'chat',
            severities,
            to: { kind: 'slack', channel: '#on-call', urlFile: write('slack', `${sink}/slack`) },
          },
          {
            name: 'mail',
            severities,
            to: {
              kind: 'email',
              to: ['on-call@shop.example'],
              from: 'sprout@shop.example',
              smarthost: `127.0.0.1:${await port(smtp)}`,
              requireTls: false,
            },
          },
          {
            name: 'pager',
            severities,
            to: {
              kind: 'pagerduty',
              routingKeyFile: write('pagerduty', 'integration-key'),
              url: `${sink}/v2/enqueue`,
            },
          },
        ],
        muteTimes: [{ name: 'weekend', zone: 'Asia/Seoul', weekdays: ['saturday', 'sunday'] }],
        deadMansSwitch: { url: `${sink}/alive` },
      },
    },
    '/',
  );
  config = { ...compiled, ports: {} };
  publishRunFile(config, { name: 'slo-service', pid: process.pid, addresses: { http: sink } });
  stack = await startStack([alertmanagerProcess()], config);
});
after(async () => {
  await stack?.stop();
  http.closeAllConnections();
  http.close();
  smtp.close();
  rmSync(directory, { recursive: true, force: true });
});

test('a page says in Korean what breaks, since when, what it costs and what to do first', async () => {
  await send('ErrorBudgetBurnFast');
  const mail = await eventually('a mail', () => decoded(mailed.join('')), /대시보드: /);
  assert.match(mail, /영향: 사용자가 느끼는 장애입니다/);
  assert.match(mail, /시작: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
  assert.match(mail, /오류 예산: 14\.4배 속도면/);
  assert.match(mail, /먼저 할 일: 대시보드를 열어/);
  assert.match(mail, /대응 절차: \S+ErrorBudgetBurnFast\.md/);
  // An hour before the start, which is a second before it was sent, until now: it still fires.
  const [, from = ''] = /대시보드: \S+\?from=(\S+Z)&to=now/.exec(mail) ?? [];
  const [, start = ''] = /시작: (\S+ \S+) UTC/.exec(mail) ?? [];
  assert.equal(Date.parse(`${start}Z`) - Date.parse(from), 3_600_000, mail);
  assert.match(mail, new RegExp(`로그: \\S+&from=${from}&to=now`));
  assert.match(await arrived(/^\/slack/), /\[장애\].*오류 예산이 약속보다/s);
  assert.match(await arrived(/^\/hook Bearer hush/), /"receiver":"hook"/);
  assert.match(await arrived(/^\/api\/v1\/alertmanager/), /"receiver":"slo-service"/);
});

test('links to Grafana show the time of an alert that has ended, wherever they say it', () => {
  const links = { ...config.links, grafana: 'https://grafana.example' };
  const [example] = previewed({ ...config, links }, 'LatencyP99High');
  const startsAt = '2026-11-23T10:00:00Z';
  const endsAt = '2026-11-23T10:20:00Z';
  const alerts = [{ ...example, status: 'resolved', startsAt, endsAt }];
  const data = join(directory, 'data.json');
  const file = join(directory, 'links.tmpl');
  writeFileSync(data, JSON.stringify({ status: 'resolved', alerts }));
  writeFileSync(file, notificationTemplate(config.alerts));
  const rendered = execFileSync(findTool('amtool', config), [
    'template',
    'render',
    `--template.glob=${file}`,
    `--template.data=${data}`,
    `--template.text=${text}`,
  ]).toString();
  const [from, to] = [Date.parse(startsAt) - 3_600_000, Date.parse(endsAt)];
  assert.match(rendered, new RegExp(`/d/service-red\\?var-service=\\S+&from=${from}&to=${to}\n`));
  const panes = [...rendered.matchAll(/&panes=(\S+)/g)].map(([, pane = '']) =>
    JSON.parse(decodeURIComponent(pane)),
  );
  const range = { from: String(from), to: String(to) };
  assert.deepEqual(
    panes.map(({ a }) => a.range),
    [range, range],
  );
});

test('PagerDuty is told of a page and of its end, under one key', async () => {
  await send('CollectorDown');
  const event = z.object({
    routing_key: z.literal('integration-key'),
    event_action: z.string(),
    dedup_key: z.string().min(1),
    payload: z.looseObject({ summary: z.string(), severity: z.string() }).optional(),
  });
  const read = async (action: string, about: string) => {
    const posting = await arrived(
      new RegExp(`^/v2/enqueue(?=.*"event_action":"${action}").*${about}`, 's'),
    );
    return event.parse(JSON.parse(posting.slice(posting.indexOf('{'))));
  };
  const told = await read('trigger', '수집기가 지표를 쓰지 않습니다');
  assert.match(told.payload?.summary ?? '', /^\[장애\] 수집기가/);
  assert.equal(told.payload?.severity, 'critical');
  assert.match(JSON.stringify(told.payload), /먼저 할 일: 수집기가 도는지/);
  await send('CollectorDown', { ended: true });
  await read('resolve', told.dedup_key);
});

test('the switch of a dead man is pressed from outside', async () => {
  await send('Watchdog');
  assert.match(await arrived(/^\/alive/), /Watchdog/);
});

test('a silenced alert tells nobody, and is told when the silence ends', async () => {
  const silenced = await run('silence', ['TrafficAbsent'], { for: '1h', reason: 'a test' });
  const id = /\(([\w-]+)\)/.exec(silenced)?.[1] ?? '';
  assert.match(await run('silences'), /alertname=TrafficAbsent .*: a test/);
  await send('TrafficAbsent');
  await sleep(3000);
  assert.ok(!posted.some((body) => body.includes('TrafficAbsent')));
  await run('unsilence', [id]);
  await arrived(/^\/hook.*TrafficAbsent/s);
  assert.equal(await run('silences'), '');
});

test('a silence of what does not exist is refused', async () => {
  await assert.rejects(run('silence', ['Nothing'], { for: '1h', reason: 'x' }), {
    code: 'ALERT_UNKNOWN',
  });
});

/** Tells Alertmanager, as Prometheus would, that an alert fires, or that it has ended. */
async function send(name: string, { ended = false } = {}): Promise<void> {
  const [example] = previewed(config, name);
  assert.ok(example);
  const url = addressOf(config, config.telemetry.alertmanager);
  const alert = {
    labels: { alertname: name, ...example.labels },
    annotations: example.annotations,
    startsAt: new Date(Date.now() - 1000).toISOString(),
    ...(ended && { endsAt: new Date().toISOString() }),
  };
  const response = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([alert]),
  });
  assert.equal(response.status, 200, await response.text());
}

async function run(verb: string, positionals: string[] = [], values: Record<string, string> = {}) {
  const command = alertsCommands.find(({ name }) => name[1] === verb);
  assert.ok(command);
  const out: string[] = [];
  await command.run({
    values,
    positionals,
    config: () => config,
    declared: async () => config,
    print: (line) => void out.push(line),
    warn: () => undefined,
  });
  return out.join('\n');
}

const arrived = (pattern: RegExp) =>
  eventually(String(pattern), () => posted.find((body) => pattern.test(body)), /./);

async function eventually(what: string, look: () => string | undefined, pattern: RegExp) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const found = look();
    if (found !== undefined && pattern.test(found)) return found;
    await sleep(50);
  }
  throw new Error(`waited a minute for ${what}; got ${posted.join('\n').slice(0, 2000)}`);
}

/** Quoted-printable, as mail carries what is not ASCII. */
function decoded(text: string): string {
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
