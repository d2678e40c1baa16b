import { BlockList, isIP } from 'node:net';
import type { MarketAccess } from '@sprout/process';

/** Whether an address may come in: not denied, and allowed where only some are. */
export function createAddressRules({
  allow,
  deny,
}: Pick<MarketAccess['addresses'], 'allow' | 'deny'>): (address: string | undefined) => boolean {
  const allowed = blockList(allow);
  const denied = blockList(deny);
  return (address) => {
    if (allow.length === 0 && deny.length === 0) return true;
    const bare = unmapped(address ?? '');
    const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(bare) === 0 || denied.check(bare, family)) return false;
    return allow.length === 0 || allowed.check(bare, family);
  };
}

/** An IPv4 address that a socket for both families shows as IPv6. */
export function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

function blockList(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', prefix] = block.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
