const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

/** Why a text is no DNS-1123 label (namespace names); undefined where it is one (semantics.md B.1). */
export function faultOfDnsLabel(text: string): string | undefined {
  if (text.length > 63) return 'must be no more than 63 bytes'
  if (DNS_LABEL.test(text)) return undefined
  return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name')"
}

/** Why a text is no DNS-1123 subdomain (names of objects); undefined where it is one (semantics.md B.1). */
export function faultOfDnsSubdomain(text: string): string | undefined {
  if (text.length > 253) return 'must be no more than 253 bytes'
  if (DNS_SUBDOMAIN.test(text)) return undefined
  return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com')"
}

/** Why a text is no label key, `[prefix/]name`; undefined where it is one (semantics.md B.2). */
export function faultOfLabelKey(text: string): string | undefined {
  const parts = text.split('/')
  const name = parts.at(-1) ?? ''
  if (parts.length > 2) return 'a valid label key has at most one slash, between an optional prefix and the name'
  if (parts.length === 2) {
    if (parts[0] === '') return 'prefix part must be non-empty'
    const prefix = faultOfDnsSubdomain(parts[0] ?? '')
    if (prefix) return `prefix part ${prefix}`
  }
  if (name === '') return 'name part must be non-empty'
  if (name.length > 63) return 'name part must be no more than 63 bytes'
  return QUALIFIED.test(name)
    ? undefined
    : `name part must consist of ${LABEL_CHARACTERS} (e.g. 'MyName', or 'my.name')`
}

/** Why a text is no label value; undefined where it is one; '' is (semantics.md B.2). */
export function faultOfLabelValue(text: string): string | undefined {
  if (text.length > 63) return 'must be no more than 63 bytes'
  if (text === '' || QUALIFIED.test(text)) return undefined
  return `a valid label must be an empty string or consist of ${LABEL_CHARACTERS} (e.g. 'MyValue', or 'my_value', or '12345')`
}

const LABEL_CHARACTERS =
  "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"

/** Everything that keeps a text from being a port's name (IANA service name); none where it is one (semantics.md B.4). */
export function faultsOfPortName(text: string): readonly string[] {
  const faults = [
    { fails: text.length > 15, fault: 'must be no more than 15 characters' },
    {
      fails: !/^[-a-z0-9]*$/.test(text),
      fault: 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    },
    { fails: !/[a-z]/.test(text), fault: 'must contain at least one letter (a-z)' },
    { fails: text.includes('--'), fault: 'must not contain consecutive hyphens' },
    { fails: /^-|-$/.test(text), fault: 'must not start or end with a hyphen' },
  ]
  return faults.filter(({ fails }) => fails).map(({ fault }) => fault)
}
