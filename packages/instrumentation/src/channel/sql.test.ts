import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statementCharsMax, statementDescriber } from './sql.ts';

const describe = statementDescriber();

test('literals never reach the telemetry', () => {
  const sql = `SELECT * FROM account WHERE email = 'kim@example.com' AND name = "O\\"Neil" AND age > 29.5`;
  assert.equal(
    describe(sql).text,
    'SELECT * FROM account WHERE email = ? AND name = ? AND age > ?',
  );
});

test('a literal that is cut at the length limit does not leak its beginning', () => {
  const sql = `INSERT INTO notes (body) VALUES ('${'secret '.repeat(statementCharsMax)}')`;
  assert.equal(describe(sql).text, 'INSERT INTO notes (body) VALUES (?');
});

test('names that contain digits stay', () => {
  assert.equal(describe('SELECT c1 FROM t2 WHERE id=7').text, 'SELECT c1 FROM t2 WHERE id=?');
});

test('operation and table name a statement', () => {
  assert.deepEqual(summaries('select 1', 'UPDATE `shop`.`stock` SET n=1', 'COMMIT', 'vacuum x'), [
    ['SELECT', 'SELECT'],
    ['UPDATE', 'UPDATE shop.stock'],
    ['COMMIT', 'COMMIT'],
    ['OTHER', 'OTHER'],
  ]);
});

function summaries(...statements: string[]) {
  return statements.map(describe).map(({ operation, summary }) => [operation, summary]);
}
