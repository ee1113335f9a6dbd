import { off } from './linking.ts'
import { monaco } from './monaco.ts'

const { Indent, None } = monaco.languages.IndentAction
// The last one is the language's own, which these take the place of.
const RULES: monaco.languages.OnEnterRule[] = [
  { beforeText: /^\s*- [^#]*:\s*$/, action: { indentAction: None, appendText: '    ' } },
  { beforeText: /^\s*- +[\w"'./-]+: +[^\s{[|>].*$/, action: { indentAction: None, appendText: '  ' } },
  { beforeText: /^\s*- +[\w"'./-]+: +[{[].*[}\]]\s*$/, action: { indentAction: None, appendText: '  ' } },
  { beforeText: /:\s*$/, action: { indentAction: Indent } },
]
let isSet = false

/** Enter behind the first line of an item goes on with the item: `- name: a`, then `from:` below `name`. */
export function goOnWithItems(editor: monaco.editor.IStandaloneCodeEditor): () => void {
  // What is set last counts, and the language sets its own when it is loaded: before anybody types.
  return off(
    editor.onDidFocusEditorText(() => {
      if (!isSet) monaco.languages.setLanguageConfiguration('yaml', { onEnterRules: RULES })
      isSet = true
    }),
  )
}
