/** What a span says about a statement; holds no values. */
export interface StatementText {
  /** The statement with `?` in place of literals. */
  readonly text: string;
  /** Its first keyword, or `OTHER`. */
  readonly operation: string;
  /** Operation and table, `SELECT products`. */
  readonly summary: string;
}

/** Longer statements are cut. */
export const statementCharsMax = 2048;
/** Distinct statements that are remembered. */
export const statementsMax = 1000;

/** Strings (also cut ones), hexadecimal and other numbers. */
const literal =
  /'(?:[^'\\]|\\.|'')*(?:'|$)|"(?:[^"\\]|\\.|"")*(?:"|$)|\b0x[\da-f]+\b|\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b/gi;
const operationWord = /^\s*(\w+)/;
const table = /\b(?:from|into|update|join)\s+([`\w.]+)/i;
const operations = new Set(
  (
    'SELECT INSERT UPDATE DELETE REPLACE CALL SHOW SET WITH ' +
    'BEGIN START COMMIT ROLLBACK CREATE ALTER DROP TRUNCATE LOCK'
  ).split(' '),
);

/**
 * Makes a function that describes statements. mysql2 reports `query` with the values already in
 * the text, so literals are taken out before anything else sees it.
 */
export function statementDescriber(): (sql: string) => StatementText {
  const known = new Map<string, StatementText>();
  return (sql) => {
    const text = sql.slice(0, statementCharsMax).replace(literal, '?');
    const before = known.get(text);
    if (before !== undefined) return before;
    const statement = describe(text);
    if (known.size < statementsMax) known.set(text, statement);
    return statement;
  };
}

function describe(text: string): StatementText {
  const word = operationWord.exec(text)?.[1]?.toUpperCase() ?? '';
  const operation = operations.has(word) ? word : 'OTHER';
  const target = table.exec(text)?.[1]?.replaceAll('`', '');
  return { text, operation, summary: target === undefined ? operation : `${operation} ${target}` };
}
