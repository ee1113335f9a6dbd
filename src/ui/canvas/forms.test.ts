import { describe, expect, test } from 'vitest'
import { readBlock, readContainerPorts, readLabels, readName, readPorts } from './forms.ts'

describe('ports of a connection', () => {
  test.each([
    ['5432', 'TCP', ['TCP/5432']],
    ['53', 'UDP', ['UDP/53']],
    ['8000-8080, http 9090', 'TCP', ['TCP/8000-8080', 'TCP/http', 'TCP/9090']],
    ['UDP/53', 'TCP', ['UDP/53']],
    ['', 'TCP', []],
  ])('%s with %s', (text, protocol, value) => {
    expect(readPorts(text, protocol)).toEqual({ value })
  })

  test.each(['70000', '0', '80-70', 'foo!', '5432,-'])('%s is told what it should be', (text) => {
    expect(readPorts(text, 'TCP').problem).toContain('is not a port')
  })
})

describe('ports of a workload', () => {
  test('may have names and protocols', () => {
    expect(readContainerPorts('8080, http=80 dns=UDP/53')).toEqual({ value: ['TCP/8080', 'http=TCP/80', 'dns=UDP/53'] })
  })

  test.each(['80-90', 'http', 'x=', 'way-too-long-for-a-port=80', 'a_b=80'])('%s is refused', (text) => {
    expect(readContainerPorts(text).problem).toBeDefined()
  })
})

describe('names', () => {
  test.each([
    ['web', undefined],
    ['  web ', undefined],
    ['', 'Give it a name.'],
    ['used', 'There is a “used” already.'],
    ['Cache Srv', 'Use a-z, 0-9 and -, starting and ending with a letter or digit: cache-srv'],
    ['x'.repeat(64), 'At most 63 characters.'],
  ])('%s', (text, problem) => {
    expect(readName(text, ['used']).problem).toBe(problem)
  })
})

describe('labels', () => {
  test('are read with = or :, and prefixes', () => {
    expect(readLabels('app=web tier:front, example.com/a=b')).toEqual({
      value: { app: 'web', tier: 'front', 'example.com/a': 'b' },
    })
  })

  test.each(['app', '=x', 'app=-x', 'a/b/c=d', 'a=b=c'])('%s is refused', (text) => {
    expect(readLabels(text).problem).toBeDefined()
  })
})

describe('IP blocks', () => {
  test.each([
    ['10.0.0.0/16', '', { cidr: '10.0.0.0/16' }],
    ['192.168.1.7', '', { cidr: '192.168.1.7/32' }],
    ['10.0.0.0/16', '10.0.1.0/24 10.0.2.0/24', { cidr: '10.0.0.0/16', except: ['10.0.1.0/24', '10.0.2.0/24'] }],
    ['2001:db8::/32', '', { cidr: '2001:db8::/32' }],
  ])('%s except %s', (cidr, excepts, value) => {
    expect(readBlock(cidr, excepts)).toEqual({ value })
  })

  test.each([
    ['', '', 'Type an IP block'],
    ['10.0.0.0/33', '', 'is not an IP block'],
    ['10.0.5.0/16', '', 'Did you mean 10.0.0.0/16?'],
    ['10.0.0.0/16', '11.0.0.0/24', 'is not a smaller part'],
    ['10.0.0.0/16', '10.0.0.0/16', 'is not a smaller part'],
  ])('%s except %s is told what is wrong', (cidr, excepts, problem) => {
    expect(readBlock(cidr, excepts).problem).toContain(problem)
  })
})
