import type { KoreanText } from './text.ts';

const pod = '{{ $labels.namespace }}/{{ $labels.pod }}';
const container = `${pod}의 컨테이너 {{ $labels.container }}`;

/** Alerts on a cluster of Kubernetes. */
export const kubernetesTexts: Readonly<Record<string, KoreanText>> = {
  NodesNotReady: {
    summary: '노드 둘 이상이 준비되지 않았습니다',
    impact: '남은 노드에 자리가 없으면 서비스의 파드가 줄거나 하나도 남지 않습니다.',
    firstStep: 'kubectl get nodes -o wide: 같은 존, 같은 네트워크, 같은 변경인지 보세요.',
  },
  NodeNotReady: {
    summary: '노드 {{ $labels.node }}이 준비되지 않았습니다',
    impact: '5분 뒤에 파드가 다른 노드에서 시작됩니다. 그때까지 그 파드로 가는 요청이 실패합니다.',
    firstStep:
      'kubectl describe node {{ $labels.node }}: kubelet에 무엇이 모자란지, 소식이 끊겼는지 나옵니다.',
  },
  NodePressure: {
    summary: '노드 {{ $labels.node }}의 자원이 모자랍니다: {{ $labels.condition }}',
    impact: '쿠버네티스가 이 노드에서 파드를 내보냅니다. 요청량보다 많이 쓰는 파드가 먼저입니다.',
    firstStep: 'kubectl describe node {{ $labels.node }}: 그 자원을 많이 쓰는 파드를 찾으세요.',
  },
  PodPending: {
    summary: `파드 ${pod}가 15분째 자리를 찾지 못했습니다`,
    impact: '워크로드의 파드가 원하는 수보다 적고, 배포가 나아가지 않습니다.',
    firstStep:
      'kubectl describe pod의 마지막 이벤트가 기다리는 것(메모리, 볼륨, 테인트)을 말합니다.',
  },
  ContainerCrashLooping: {
    summary: `${container}가 계속 죽습니다`,
    impact: '죽을 때마다 처리하던 요청을 잃고, 다시 시작할 때까지 아무것도 처리하지 못합니다.',
    firstStep: 'kubectl logs --previous로 마지막 말을, kubectl describe pod로 종료 코드를 보세요.',
  },
  ContainerWaiting: {
    summary: `${container}가 시작하지 못합니다`,
    impact: '이 파드는 요청을 받지 못합니다. 이미지나 설정이 없습니다.',
    firstStep: 'kubectl describe pod에 없는 이미지, Secret, ConfigMap의 이름이 나옵니다.',
  },
  ContainerOOMKilled: {
    summary: `${container}가 메모리 한도에 걸려 종료되었습니다`,
    impact: '하던 일을 잃었고, 같은 부하에서 다시 일어납니다.',
    firstStep:
      '끝나기 전의 사용량과 한도를 비교하세요. 오르기만 하면 누수, 평평하면 한도가 낮습니다.',
  },
  ContainerThrottled: {
    summary: `${container}가 네 번에 한 번꼴로 CPU 한도에 막힙니다`,
    impact: '낼 수 있는 것보다 느리게 답합니다. 문제인지는 지연 시간의 약속이 말합니다.',
    firstStep: '사용량과 한도를 비교해 한도를 올리거나, 요청량은 두고 한도를 없애세요.',
  },
  DeploymentReplicasMissing: {
    summary:
      '{{ $labels.namespace }}/{{ $labels.deployment }}의 파드가 15분째 원하는 수보다 적습니다',
    impact: '남은 파드가 부하를 모두 받습니다. 하나를 더 잃으면 사용자가 느낄 수 있습니다.',
    firstStep: 'kubectl get pods: 대기인지, 죽는지, 준비가 되지 않았는지 보세요.',
  },
  RolloutStuck: {
    summary: '{{ $labels.namespace }}/{{ $labels.deployment }}의 배포가 나아가지 않습니다',
    impact: '옛 버전이 계속 돌고 있습니다. 내보내려던 것은 아직 나가지 않았습니다.',
    firstStep: 'kubectl rollout status와 get pods: 새 파드가 죽는지, 이미지가 없는지 보세요.',
  },
  StatefulSetReplicasMissing: {
    summary:
      '{{ $labels.namespace }}/{{ $labels.statefulset }}의 준비된 파드가 15분째 원하는 수보다 적습니다',
    impact: '데이터의 사본이 모자라고, 빠진 파드 뒤의 것은 그것이 떠야 시작됩니다.',
    firstStep: '준비되지 않은 첫 파드와 그 볼륨을 kubectl describe로 보세요.',
  },
  DaemonSetPodsMissing: {
    summary: '{{ $labels.namespace }}/{{ $labels.daemonset }}이 없는 노드가 있습니다',
    impact: '그 노드에서는 로그, 네트워크, 지표처럼 노드마다 하는 일이 되지 않습니다.',
    firstStep: 'kubectl get pods -o wide: 어느 노드에 없는지, 그 노드가 준비되었는지 보세요.',
  },
  AutoscalerMaxed: {
    summary:
      '{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }}가 15분째 최대 파드 수입니다',
    impact: '부하가 더 늘어도 파드가 늘지 않습니다. 요청이 기다리거나 실패합니다.',
    firstStep: '지난주의 부하와 비교해 최대를 올리거나, 요청이 왜 무거워졌는지 찾으세요.',
  },
  JobFailed: {
    summary: '작업 {{ $labels.namespace }}/{{ $labels.job_name }}이 포기했습니다',
    impact: '했어야 할 일이 되지 않았고, 다시 시도하지 않습니다.',
    firstStep: 'kubectl logs job/{{ $labels.job_name }}에서 까닭을 읽고 다시 시작하세요.',
  },
  QuotaNearlyFull: {
    summary:
      '네임스페이스 {{ $labels.namespace }}가 {{ $labels.resource }} 할당량의 90%를 넘게 썼습니다',
    impact: '다 쓰면 새 파드가 거절되어 배포와 자동 확장이 멈춥니다.',
    firstStep: 'kubectl describe quota를 보고, 어느 워크로드가 늘었는지 찾으세요.',
  },
};
