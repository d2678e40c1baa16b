import { Agent, request } from 'node:http';
import autocannon from 'autocannon';

const connections = 10;
const items = 1000;

/** Sends `amount` requests as fast as they are answered; throws when one is not answered with 200. */
export async function saturate(url: string, amount: number): Promise<{ rps: number }> {
  const result = await autocannon({
    url,
    connections,
    amount,
    requests: [{ setupRequest: (next) => ({ ...next, path: `/items/${nextItem()}` }) }],
  });
  if (result['2xx'] !== amount) throw new Error(`${result['2xx']} of ${amount} answered with 200`);
  return { rps: amount / result.duration };
}

/**
 * Sends `rate` requests per second, evenly spaced and without waiting for answers, and returns the
 * latencies in ms from when each was due. (autocannon sends a fixed rate in bursts.)
 */
export async function gentle(url: string, rate: number, seconds: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const start = performance.now() + 50;
  const due = Array.from({ length: rate * seconds }, (_, n) => start + (n * 1000) / rate);
  const latencies = await Promise.all(due.map((dueMs) => sendAt(url, agent, dueMs)));
  agent.destroy();
  return latencies;
}

function sendAt(url: string, agent: Agent, dueMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      request(`${url}/items/${nextItem()}`, { agent }, (response) => {
        response.resume().on('end', () => resolve(performance.now() - dueMs));
      })
        .on('error', reject)
        .end();
    }, dueMs - performance.now());
  });
}

let sent = 0;
function nextItem(): number {
  sent += 1;
  return 1 + (sent % items);
}
