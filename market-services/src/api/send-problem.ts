import type { Problem } from '@sprout/process';
import type { Request, Response } from 'express';
import { inKorean } from './korean.ts';

/** Answers with a problem in the language the caller prefers, English or Korean. */
export function sendProblem(request: Request, response: Response, problem: Problem): void {
  const korean = request.acceptsLanguages('en', 'ko') === 'ko';
  response
    .status(problem.status)
    .set({ 'content-language': korean ? 'ko' : 'en' })
    .vary('accept-language')
    .type('application/problem+json')
    .send(JSON.stringify(korean ? inKorean(problem) : problem));
}
