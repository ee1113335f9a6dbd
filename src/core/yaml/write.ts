import { dump } from 'js-yaml'

/** How a text is laid out: columns per level, and whether a list stands deeper than its key. */
export interface Habit {
  readonly indent: number
  readonly indentLists: boolean
}

/** As kubectl prints: two columns, lists flush with their key. */
const KUBECTL_HABIT: Habit = { indent: 2, indentLists: false }

/** A plain value as a block of YAML that reads back equal, ending in a line feed; texts that would read as something else are quoted. */
export function writeYaml(value: unknown, habit: Habit = KUBECTL_HABIT): string {
  return dump(value, { indent: habit.indent, seqNoIndent: !habit.indentLists, lineWidth: -1, noRefs: true })
}

/** A plain value on one line, in flow style: `{app: web}`, `[TCP, "on"]`; JSON where `json` is set. */
export function writeFlow(value: unknown, json: boolean): string {
  if (json)
    return JSON.stringify(value, null, 1)
      .replaceAll(/\n\s*/g, ' ')
      .replaceAll(/([[{]) | (?=[\]}])/g, '$1')
  return dump(value, { flowLevel: 0, lineWidth: -1, noRefs: true }).trimEnd()
}
