import { connect } from 'node:net';
import { secured } from '../tls.ts';
import type { Tls } from '../tls.ts';

const timeoutMs = 2_000;
const answerBytesMax = 4_096;

/**
 * Connects to `host:port`, says `words` and collects the answer until it is `complete`.
 * Rejects when nobody listens or the answer takes too long.
 */
export async function converse(
  address: string,
  words: string,
  complete: (answer: Buffer) => boolean,
  tls?: Tls,
): Promise<Buffer> {
  const [host = '', port] = address.split(':');
  const plain = connect({ host, port: Number(port) });
  const socket = tls === undefined ? plain : secured(plain, tls);
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error('takes too long to answer')));
  if (words !== '') socket.write(words);
  let answer = Buffer.alloc(0);
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      answer = Buffer.concat([answer, chunk]);
      if (complete(answer) || answer.length > answerBytesMax) break;
    }
    return answer;
  } finally {
    socket.destroy();
  }
}
