import { isUnavailable, migrate, openDatabase, ownCredentials } from '@sprout/data';
import type { Database, Migration } from '@sprout/data';
import { readSecret } from '@sprout/process';
import type { SloServiceConfig, SproutConfig } from '@sprout/process';
import { SpokenError } from '../language/spoken-error.ts';

/** The settings of a ledger and records in MySQL. */
export type MysqlStorage = Extract<SloServiceConfig['storage'], { kind: 'mysql' }>;

/** A pool of one replica: readings, a commit, records. */
const connectionsMax = 4;
const queryTimeoutMs = 10_000;
/** How long a replica that was stopped within a transaction can hold up the others. */
const idleSecondsMax = 4;

/** Opens the database and brings its tables forward; throws `STORAGE_AWAY` without a server. */
export async function openMysql(
  config: Pick<SproutConfig, 'dataDir' | 'market'>,
  { endpoint, database, user, password }: MysqlStorage,
): Promise<Database> {
  const credentials =
    password === undefined
      ? { ...ownCredentials(config), user }
      : { user, password: readSecret(password) };
  await named(() => migrate(config, endpoint, database, migrations, credentials));
  const pool = openDatabase(config, {
    database,
    endpoint,
    credentials,
    connectionsMax,
    queryTimeoutMs,
    idleSecondsMax,
  });
  return {
    rows: (sql, values) => named(() => pool.rows(sql, values)),
    change: (sql, values) => named(() => pool.change(sql, values)),
    transaction: (run) => named(() => pool.transaction(run)),
    close: pool.close,
  };
}

/** Keys are bytes: no collation takes two of them for one. */
const migrations: readonly Migration[] = [
  {
    id: '001-ledger-head',
    sql: `CREATE TABLE IF NOT EXISTS ledger_head (
      id TINYINT PRIMARY KEY, origin CHAR(36) NOT NULL, revision BIGINT NOT NULL,
      fence BIGINT NOT NULL, checkpoint LONGTEXT NULL, provisional LONGTEXT NOT NULL)
      CHARACTER SET utf8mb4`,
  },
  {
    id: '002-one-ledger-head',
    sql: `INSERT IGNORE INTO ledger_head VALUES (1, UUID(), 0, 0, NULL, '[]')`,
  },
  {
    id: '003-ledger-day',
    sql: `CREATE TABLE IF NOT EXISTS ledger_day (
      objective VARBINARY(3000) NOT NULL, day INT NOT NULL, body MEDIUMBLOB NOT NULL,
      revision BIGINT NOT NULL, PRIMARY KEY (objective, day), KEY (revision))`,
  },
  {
    id: '004-record-kind',
    sql: `CREATE TABLE IF NOT EXISTS record_kind (
      kind VARBINARY(64) PRIMARY KEY, revision BIGINT NOT NULL)`,
  },
  {
    id: '005-record',
    sql: `CREATE TABLE IF NOT EXISTS record (
      number BIGINT AUTO_INCREMENT PRIMARY KEY, kind VARBINARY(64) NOT NULL,
      id VARBINARY(512) NOT NULL, body LONGTEXT NULL, revision BIGINT NOT NULL,
      UNIQUE (kind, id), KEY (kind, revision)) CHARACTER SET utf8mb4`,
  },
];

async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const message = {
      en: `MySQL does not answer: ${reason}`,
      ko: `MySQL이 응답하지 않습니다: ${reason}`,
    };
    const hint = {
      en: 'start it, or correct sloService.storage in sprout.config.ts; nothing is lost meanwhile',
      ko: 'MySQL을 시작하거나 sloService.storage 설정을 고치세요. 그동안 잃는 것은 없습니다',
    };
    throw new SpokenError('STORAGE_AWAY', { message, hint }, { cause: error });
  }
}
