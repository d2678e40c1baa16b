import type { Text } from '../language/text.ts';

/** A state's cause and what to do about it, in every language. */
export interface Advice {
  readonly cause: Text;
  readonly fix: Text;
}

/** Why the last reading failed, and what to do when the failure says so itself. */
export interface Trouble {
  readonly error: Text;
  readonly fix: Text | null;
}

/** The meter has not read for too long; `lastReadMs` is null when it never did. */
export function unread(lastReadMs: number | null, trouble: Trouble | null): Advice {
  const ownFix = trouble?.fix ?? null;
  const at = lastReadMs === null ? null : new Date(lastReadMs).toISOString();
  const en = ownFix === null ? 'The meter could not read Prometheus' : 'Nothing was metered';
  const ko = ownFix === null ? 'Prometheus를 읽지 못하고 있습니다' : '측정이 멈추었습니다';
  return {
    cause: {
      en: `${en} since ${at ?? 'it was started'}${trouble === null ? '' : `: ${trouble.error.en}`}.`,
      ko: `${at === null ? '시작한 뒤로' : `${at} 이후로`} ${ko}${trouble === null ? '' : `: ${trouble.error.ko}`}.`,
    },
    fix: ownFix ?? {
      en: 'Start Prometheus (./sprout up) or correct telemetry.prometheus in sprout.config.ts; the meter catches up by itself.',
      ko: 'Prometheus를 시작하거나(./sprout up) sprout.config.ts의 telemetry.prometheus를 고치세요. 밀린 측정은 스스로 따라잡습니다.',
    },
  };
}

/** No scrape of some services has arrived: lately, or ever. */
export function unscraped(services: readonly string[], before: boolean): Advice {
  return {
    cause: {
      en: `No scrape of ${services.join(' and ')} has arrived ${before ? 'lately' : 'yet'}.`,
      ko: `${services.join(', ')}의 측정값이 ${before ? '최근에' : '아직'} 들어오지 않았습니다.`,
    },
    fix: {
      en: 'Start the collector (./sprout up, or ./sprout collector run); an unreachable service would show as scraped and down.',
      ko: '수집기를 시작하세요(./sprout up 또는 ./sprout collector run). 서비스만 멈추었다면 수집은 되고 중단으로 보입니다.',
    },
  };
}

/** Services that have never answered a scrape. */
export function silent(services: readonly string[]): Advice {
  return {
    cause: {
      en: `${services.join(' and ')} has not answered a scrape yet.`,
      ko: `${services.join(', ')}가 수집에 아직 응답하지 않았습니다.`,
    },
    fix: {
      en: `Start ${services.join(' and ')}; ./sprout status shows what runs.`,
      ko: `${services.join(', ')}를 시작하세요. ./sprout status로 실행 상태를 볼 수 있습니다.`,
    },
  };
}

/** Targets that are scraped and have no such series. */
export function unmatched(selectors: readonly string[]): Advice {
  return {
    cause: {
      en: `The targets are scraped, but no series matches ${selectors.join(' or ')}.`,
      ko: `수집은 되지만 맞는 시계열이 없습니다: ${selectors.join(', ')}.`,
    },
    fix: {
      en: "Compare the metric's name and labels with what the service shows at /metrics.",
      ko: '지표 이름과 레이블을 서비스의 /metrics와 비교하세요.',
    },
  };
}

/** Everything is measured, and nobody came. */
export const unused: Advice = {
  cause: {
    en: 'The targets are scraped, but there was no event in the last hour.',
    ko: '수집은 되지만 최근 한 시간 동안 이벤트가 없었습니다.',
  },
  fix: {
    en: 'Nothing, when nobody uses it; ./sprout load sends traffic.',
    ko: '사용자가 없다면 할 일이 없습니다. ./sprout load로 트래픽을 보낼 수 있습니다.',
  },
};

/** An hour of the past of which the ledger holds nothing. */
export const unrecorded: Advice = {
  cause: {
    en: 'Nothing was measured in the hour before.',
    ko: '그 전 한 시간 동안 측정된 것이 없습니다.',
  },
  fix: {
    en: 'Ask for another instant: what was not scraped then cannot be known any more.',
    ko: '다른 시점을 조회하세요. 그때 수집되지 않은 것은 이제 알 수 없습니다.',
  },
};

/** The ledger does not give an objective's figures. */
export function unreadable(error: unknown): Advice {
  return {
    cause: {
      en: `Its figures cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      ko: '이 목표의 수치를 읽을 수 없습니다.',
    },
    fix: {
      en: 'Look for this objective in the log of slo-service.',
      ko: 'slo-service의 로그에서 이 목표를 찾아보세요.',
    },
  };
}
