import type { Effects } from '#core/model/effects.ts'

/** Is there nothing to tell? */
export function isNothing({ opened, closed, other, checks, dns }: Effects): boolean {
  const named = [checks.broken, checks.mended, dns.lost, dns.gained]
  return opened + closed + other === 0 && named.every(({ length }) => length === 0)
}

/** The effects in one line: `+3 −1 connections, DNS lost for 2 workloads, 1 check broken`; '' where nothing changed. */
export function tellEffects({ opened, closed, other, dns, checks }: Effects): string {
  const signs = [opened > 0 ? `+${format(opened)}` : '', closed > 0 ? `−${format(closed)}` : ''].filter(Boolean)
  return [
    signs.length > 0 ? `${signs.join(' ')} ${opened + closed === 1 ? 'connection' : 'connections'}` : '',
    other > 0
      ? `${format(other)} ${signs.length > 0 ? 'changed' : many(other, 'connection', 'changed')} otherwise`
      : '',
    dns.lost.length > 0 ? `DNS lost for ${count(dns.lost.length, 'workload')}` : '',
    dns.gained.length > 0 ? `DNS back for ${count(dns.gained.length, 'workload')}` : '',
    checks.broken.length > 0 ? `${count(checks.broken.length, 'check')} broken` : '',
    checks.mended.length > 0 ? `${count(checks.mended.length, 'check')} mended` : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function count(number: number, noun: string): string {
  return `${format(number)} ${number === 1 ? noun : `${noun}s`}`
}

function many(number: number, noun: string, verb: string): string {
  return `${number === 1 ? noun : `${noun}s`} ${verb}`
}

function format(number: number): string {
  return number.toLocaleString('en')
}
