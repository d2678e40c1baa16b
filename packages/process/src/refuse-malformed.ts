import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Problem } from './problem-json.ts';

/** What a caller who is refused still sends is read for so long, so that the answer reaches them. */
const lingerMs = 500;

/**
 * Answers as problem+json what Node would refuse with an empty answer, or none, before a handler
 * sees it: what is no HTTP, headers that are too large or contradict each other, CONNECT, and
 * expectations.
 */
export function refuseMalformed(server: Server): void {
  const answering = new WeakMap<Duplex, ServerResponse>();
  const refused = new WeakSet<Duplex>();
  const refuse = (socket: Duplex, problem: Problem) => {
    if (refused.has(socket)) return;
    refused.add(socket);
    socket.end(answerText(problem));
    socket.resume();
    setTimeout(() => socket.destroy(), lingerMs).unref();
  };
  server.on('request', (request, response) => answering.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = answering.get(socket);
    // Into the middle of an answer nothing can be said, nor to somebody who is gone.
    const mayAnswer = answer === undefined || !answer.headersSent || answer.writableFinished;
    if (refused.has(socket)) return;
    if (!socket.writable || !mayAnswer) socket.destroy();
    else refuse(socket, problemOf(error.code));
  });
  server.on('connect', (_request, socket) => refuse(socket, notATunnel));
  server.on('checkExpectation', (_request, response) => send(response, unmetExpectation));
}

/** Asks for a host before the handler does anything, as HTTP/1.1 has to. */
export function requireHost(handler: RequestListener): RequestListener {
  return (request, response) => {
    if (isWithoutHost(request)) send(response, unreadable);
    else handler(request, response);
  };
}

function isWithoutHost({ headers, httpVersion }: IncomingMessage): boolean {
  return headers.host === undefined && httpVersion !== '1.0';
}

const problem = (status: number, title: string): Problem => ({
  type: 'about:blank',
  title,
  status,
});
const unreadable = problem(400, 'The request cannot be read');
const notATunnel = problem(405, 'This is no proxy');
const unmetExpectation = problem(417, 'The expectation cannot be met');

/** By the code of Node's error. */
const problems: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: problem(408, 'The request took too long'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: problem(413, 'The body is too large'),
  HPE_HEADER_OVERFLOW: problem(431, 'The headers are too large'),
};

function problemOf(code: string | undefined): Problem {
  return problems[code ?? ''] ?? unreadable;
}

const headersOf = (body: string) => ({
  'content-type': 'application/problem+json',
  'content-length': String(Buffer.byteLength(body)),
  'x-content-type-options': 'nosniff',
  connection: 'close',
});

function send(response: ServerResponse, refusal: Problem): void {
  const body = JSON.stringify(refusal);
  response.writeHead(refusal.status, headersOf(body)).end(body);
}

function answerText(refusal: Problem): string {
  const body = JSON.stringify(refusal);
  const lines = Object.entries(headersOf(body)).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`;
  return [status, ...lines, '', body].join('\r\n');
}
