import type { Tool } from '../process-spec.ts';

/** How a tool comes to a Debian machine. */
export interface ToolPackage {
  /** File name of the program. */
  readonly binary: string;
  readonly package: string;
  /**
   * `install`: by apt, because it needs shared libraries. `unpack`: downloaded and unpacked into
   * `.sprout/tools`, because it stands alone and installing it would start a service.
   */
  readonly means: 'install' | 'unpack';
}

export const toolPackages: Readonly<Record<Tool, ToolPackage>> = {
  mariadbd: { binary: 'mariadbd', package: 'mariadb-server', means: 'install' },
  'mariadb-install-db': {
    binary: 'mariadb-install-db',
    package: 'mariadb-server',
    means: 'install',
  },
  mariadb: { binary: 'mariadb', package: 'mariadb-client', means: 'install' },
  'mariadb-dump': { binary: 'mariadb-dump', package: 'mariadb-client', means: 'install' },
  'redis-server': { binary: 'redis-server', package: 'redis-server', means: 'install' },
  chromium: { binary: 'chromium', package: 'chromium', means: 'install' },
  prometheus: { binary: 'prometheus', package: 'prometheus', means: 'unpack' },
  promtool: { binary: 'promtool', package: 'prometheus', means: 'unpack' },
  alertmanager: {
    binary: 'prometheus-alertmanager',
    package: 'prometheus-alertmanager',
    means: 'unpack',
  },
  amtool: { binary: 'amtool', package: 'prometheus-alertmanager', means: 'unpack' },
  'mysqld-exporter': exporter('mysqld'),
  'redis-exporter': exporter('redis'),
  'node-exporter': exporter('node'),
  'blackbox-exporter': exporter('blackbox'),
};

/** Debian calls package and program the same. */
function exporter(of: string): ToolPackage {
  const name = `prometheus-${of}-exporter`;
  return { binary: name, package: name, means: 'unpack' };
}

/** The Debian packages of some tools, each once. */
export function packagesOf(tools: readonly Tool[], means: ToolPackage['means']): string[] {
  const wanted = tools.map((tool) => toolPackages[tool]).filter((entry) => entry.means === means);
  return [...new Set(wanted.map((entry) => entry.package))];
}
