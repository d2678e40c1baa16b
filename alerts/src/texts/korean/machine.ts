import type { KoreanText } from './text.ts';

const instance = '{{ $labels.instance }}';

/** Alerts on machines and on what is asked from outside. */
export const machineTexts: Readonly<Record<string, KoreanText>> = {
  MemoryNearlyFull: {
    summary: `${instance}: 쓸 수 있는 메모리가 5%보다 적습니다`,
    impact: '커널이 자리를 만들려고 프로세스를, 대개 가장 큰 것을 끝냅니다.',
    firstStep: '프로세스를 상주 메모리 순으로 정렬해 무엇이 늘었는지 찾으세요.',
  },
  OutOfMemoryKill: {
    summary: `${instance}의 커널이 메모리가 모자라 프로그램을 끝냈습니다`,
    impact: '그 프로그램이 처리하던 요청을 잃었고, 곧 다른 것도 끝날 수 있습니다.',
    firstStep:
      'journalctl -k | grep -i "killed process"에 이름이 나옵니다. 머신 대시보드의 메모리와 비교하세요.',
  },
  FileDescriptorsNearMax: {
    summary: `${instance}: 파일 핸들의 80%가 넘게 열려 있습니다`,
    impact: '한계에 닿으면 연결도 파일도 더 열 수 없어 모든 서비스가 실패합니다.',
    firstStep:
      '프로세스별로 열린 파일을 세어(ls /proc/PID/fd | wc -l) 새는 곳을 찾으세요. CLOSE_WAIT 소켓은 누수입니다.',
  },
  ClockSkew: {
    summary: `${instance}: 시계가 50 ms 넘게 어긋나 있습니다`,
    impact: '이 기계의 트레이스와 로그 시각이 틀리고, 토큰이 거절될 수 있습니다.',
    firstStep: '시간 동기화 상태를 확인하세요: timedatectl timesync-status.',
  },
  DiskFillsIn4h: {
    summary: `${instance}의 {{ $labels.mountpoint }}이 4시간 안에 가득 찹니다`,
    impact: '디스크가 가득 차면 데이터베이스가 멈추고 텔레메트리가 거절됩니다.',
    firstStep: '무엇이 늘고 있는지 찾아(du -xh --max-depth=2) 비우거나 공간을 더하세요.',
  },
  DiskFillsIn24h: {
    summary: `${instance}의 {{ $labels.mountpoint }}이 하루 안에 가득 찹니다`,
    impact: '오늘은 아무 일도 없습니다. 그대로 두면 내일 데이터베이스가 멈춥니다.',
    firstStep: '무엇이 늘고 있는지 찾아 보관 기간을 줄이거나 공간을 더하세요.',
  },
  DiskNearlyFull: {
    summary: `${instance}의 {{ $labels.mountpoint }}에 10분의 1도 남지 않았습니다`,
    impact: '쓰기가 한 번 몰리면 가득 차고, 그러면 데이터베이스가 쓰지 못합니다.',
    firstStep:
      '크고 오래된 것을 지우세요: du -xh --max-depth=2 {{ $labels.mountpoint }} | sort -h | tail',
  },
  ProbeFailed: {
    summary: `${instance}에 밖에서 닿을 수 없습니다`,
    impact: '사용자나 다른 서비스도 같은 길로 닿지 못합니다.',
    firstStep:
      '네트워크 대시보드에서 다른 탐침도 보세요. 모두 실패하면 프로세스나 네트워크, 하나면 경로나 포트입니다.',
  },
  CertificateExpiresIn3Days: {
    summary: `${instance}의 인증서가 3일 안에 만료됩니다`,
    impact: '만료되면 모든 클라이언트가 연결을 거절합니다.',
    firstStep: '지금 갱신하고, 자동 갱신이 왜 되지 않았는지 찾으세요.',
  },
  CertificateExpiresIn21Days: {
    summary: `${instance}의 인증서가 3주 안에 만료됩니다`,
    impact: '아직은 없지만 갱신이 늦었습니다. 그대로 두면 모든 클라이언트가 거절합니다.',
    firstStep:
      '마지막 갱신의 로그를 읽고, 지금 나가는 인증서를 보세요: openssl s_client -connect HOST:443',
  },
};
