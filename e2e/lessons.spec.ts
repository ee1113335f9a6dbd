import type { Locator, Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { card, connectForm, drag, preview, tabTo } from './drawing.ts'
import { expect, expectAccessible, openApp, paste, test } from './journey.ts'
import { expectSaved, newWorkspace, openInEditor } from './screen.ts'

const learn = (page: Page): Locator => page.getByRole('dialog', { name: 'Learn' })
const panel = (page: Page): Locator => page.getByRole('region', { name: 'Lesson' })

async function openLessons(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Learn/ })
    .first()
    .click()
  await expect(learn(page).getByRole('heading', { name: 'Basics' })).toBeVisible()
}

async function startLesson(page: Page, title: string): Promise<void> {
  await openLessons(page)
  await learn(page).getByRole('button', { name: title }).click()
  await expect(panel(page).getByRole('heading', { name: title, exact: true })).toBeVisible()
}

/** Says the same of all predictions, and has them told. */
async function predict(page: Page, guess: 'allowed' | 'denied'): Promise<void> {
  await panel(page).getByRole('button', { name: 'Predict first' }).click()
  for (const question of await panel(page).getByRole('group').all()) await question.getByText(guess).click()
  await panel(page).getByRole('button', { name: 'Show what is true' }).click()
  await expect(panel(page).getByText(/of 3 right/)).toBeVisible()
}

async function expectSolved(page: Page): Promise<void> {
  await expect(panel(page).getByRole('region', { name: 'Solved' })).toBeVisible()
}

test('a learner takes three lessons by mouse: with hints, by a command, by drawing; and has a summary of it', async ({
  page,
}) => {
  test.slow()
  await openApp(page)
  await openLessons(page)
  await expectAccessible(page)
  await learn(page).getByRole('button', { name: 'Begin', exact: true }).click()
  await expect(panel(page).getByRole('heading', { name: 'Labels, not names' })).toBeVisible()
  // Nothing tells what the policies do before the learner has.
  await expect(page.getByText('Connections are hidden until you have predicted.')).toBeVisible()
  await expect(page.locator('.react-flow__edge')).toHaveCount(3)
  await expect(page.getByRole('button', { name: /→.*: what do you say\?/ })).toHaveCount(3)
  await expect(page.getByText(/^selects 1 pod/)).toBeHidden()
  await expectAccessible(page)
  await predict(page, 'allowed')
  await expectAccessible(page)
  await expect(panel(page).getByText('Not quite')).toHaveCount(1)
  await panel(page).getByRole('button', { name: 'Step by step' }).first().click()
  const steps = panel(page).getByRole('region', { name: 'Step by step' })
  await expect(steps.getByRole('listitem')).toHaveCount(1)
  for (let at = 0; at < 4; at++) await steps.getByRole('button', { name: 'Next' }).click()
  await expect(steps.getByText('Denied: it takes both halves.')).toBeVisible()
  await expect(page.getByRole('button', { name: /clinic\/canteen → clinic\/records .*denied/ })).toBeVisible()
  await expectAccessible(page)
  await steps.getByRole('button', { name: 'Done' }).click()
  await panel(page).getByRole('button', { name: 'Now do it' }).click()
  await expect(panel(page).getByText('nobody gets into the lab')).toBeVisible()
  // A pod that one doesn't see is told of only once something about it is broken: it is, from the beginning.
  await expect(panel(page).getByText(/A pod that you don’t see/)).toBeVisible()
  for (let hint = 0; hint < 3; hint++) await panel(page).getByRole('button', { name: /hint/ }).click()
  await panel(page).getByRole('button', { name: 'Show the solution' }).click()
  const solution = page.getByRole('dialog', { name: 'A solution' })
  await expect(solution).toContainText('data: patients')
  await expectAccessible(page)
  await solution.getByRole('button', { name: 'Apply the solution' }).click()
  await expectSolved(page)
  await expectAccessible(page)

  await panel(page)
    .getByRole('button', { name: /^Next: Open until/ })
    .click()
  await predict(page, 'allowed')
  await panel(page).getByRole('button', { name: 'Now do it' }).click()
  await card(page, 'bakery/Deployment/oven').click({ button: 'right' })
  await page.getByRole('menuitemcheckbox', { name: /Isolate.*in/ }).click()
  const review = preview(page).getByRole('button', { name: 'Accept' })
  await review
    .or(panel(page).getByRole('region', { name: 'Solved' }))
    .first()
    .waitFor()
  if (await review.isVisible()) await review.click()
  await expectSolved(page)

  await panel(page)
    .getByRole('button', { name: /^Next: Selected means/ })
    .click()
  await panel(page).getByRole('button', { name: 'Do', exact: false }).last().click()
  await panel(page).getByText('why').click()
  await expect(panel(page).getByText(/asks for app: editor/)).toBeVisible()
  await drag(page, card(page, 'gazette/Deployment/reporter'), card(page, 'gazette/Deployment/archive'))
  await connectForm(page).getByRole('button', { name: 'Allow' }).click()
  const accept = preview(page).getByRole('button', { name: 'Accept' })
  await accept
    .or(panel(page).getByRole('region', { name: 'Solved' }))
    .first()
    .waitFor()
  if (await accept.isVisible()) await accept.click()
  await expectSolved(page)

  await panel(page).getByRole('button', { name: 'All lessons' }).click()
  await expect(learn(page).getByText('3 of 10')).toBeVisible()
  await learn(page).getByRole('button', { name: 'My summary' }).click()
  const summary = page.getByRole('dialog', { name: 'What you have learnt' })
  await summary.getByLabel('Your name').fill('Kim')
  await expect(summary.getByRole('article')).toContainText('Basics: 3 of 10')
  await expect(summary.getByRole('article')).toContainText('with the solution')
  await expectAccessible(page)
  const waiting = page.waitForEvent('download')
  await summary.getByRole('button', { name: 'Download' }).click()
  const text = await readFile(await (await waiting).path(), 'utf8')
  await summary.getByText('Check somebody’s summary').click()
  await summary.getByLabel('Paste it whole').fill(text)
  await expect(summary.getByText('The checksum fits')).toBeVisible()
  await summary.getByLabel('Paste it whole').fill(text.replace('Kim', 'Tim'))
  await expect(summary.getByText('The checksum doesn’t fit')).toBeVisible()
  await summary.getByRole('button', { name: 'Close' }).click()

  // The way back leads to where the learner came from; what is done stays done.
  await panel(page).getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('button', { name: 'Workspace A small shop' })).toBeVisible()
  await expectSaved(page)
  await page.reload()
  await expect(page.getByRole('button', { name: /Learn 3 lessons done/ })).toBeVisible()
})

test('a learner takes a lesson with nothing but the keyboard', async ({ page }) => {
  const press = (...keys: string[]) =>
    keys.reduce(async (done, key) => (await done, page.keyboard.press(key)), Promise.resolve())
  await openApp(page)
  await tabTo(page, page.getByRole('button', { name: /^Learn/ }).first())
  await press('Enter')
  await tabTo(page, learn(page).getByRole('button', { name: 'Close all doors outwards' }))
  await press('Enter')
  await tabTo(page, panel(page).getByRole('button', { name: 'Predict first' }))
  await press('Enter')
  for (const at of [0, 1, 2]) {
    const question = panel(page).getByRole('group').nth(at)
    await tabTo(page, question.getByRole('radio', { name: 'allowed' }))
    await press('Space')
    if (at !== 1) await press('ArrowRight')
  }
  await tabTo(page, panel(page).getByRole('button', { name: 'Show what is true' }))
  await press('Enter')
  await expect(panel(page).getByText('3 of 3 right')).toBeVisible()
  await tabTo(page, panel(page).getByRole('button', { name: 'Step by step' }).first())
  await press('Enter')
  const steps = panel(page).getByRole('region', { name: 'Step by step' })
  await expect(steps.getByRole('button', { name: 'Next' })).toBeFocused()
  await press('Enter', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Enter')
  await expect(steps.getByText('4 of 5')).toBeVisible()
  await press('Escape')
  await expect(steps).toBeHidden()
  await expect(panel(page).getByRole('button', { name: 'Step by step' }).first()).toBeFocused()
  await tabTo(page, panel(page).getByRole('button', { name: 'Now do it' }))
  await press('Enter')
  await expect(panel(page).getByText('1 of 4 reached')).toBeVisible()
  const why = panel(page).locator('summary').first()
  await tabTo(page, why)
  await press('Enter')
  await expect(
    panel(page)
      .getByText(/policyTypes|no policy/i)
      .first(),
  ).toBeVisible()

  // From region to region to the text, all of it anew.
  const text = page.getByRole('region', { name: 'Text', exact: true })
  for (let presses = 0; presses < 8; presses++) {
    if (await text.evaluate((element) => element === document.activeElement)) break
    await press('F6')
  }
  await press('Tab')
  while (!(await page.locator('.monaco-editor.focused').count())) await press('Tab')
  await press('ControlOrMeta+A')
  await paste(
    page,
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: nothing-out
  namespace: arena
spec:
  podSelector: {}
  policyTypes: [Egress]
`,
  )
  await expectSolved(page)
})

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: zoo }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: x, ports: [{ containerPort: 80 }] }] }
`
const policy = (app: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: lion, namespace: zoo }
spec:
  podSelector: { matchLabels: { app: lion } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: ${app} } } }] }]
`

test('an instructor writes a lesson and hands it out as a link; somebody else opens it and solves it', async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow()
  await openApp(page)
  await newWorkspace(page)
  const checks = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: zoo }
checks:
  - name: the keeper reaches the lion
    from: { namespace: zoo, workload: Deployment/keeper }
    to: { namespace: zoo, workload: Deployment/lion }
    ports: [TCP/80]
    expect: allowed
  - name: visitors do not
    from: { namespace: zoo, workload: Deployment/visitor }
    to: { namespace: zoo, workload: Deployment/lion }
    expect: denied
`
  const lesson = [deployment('lion'), deployment('keeper'), deployment('visitor')].join('---\n')
  await page.locator('body').click({ position: { x: 700, y: 60 } })
  await paste(page, lesson)
  await expect(page.getByRole('contentinfo')).toContainText('3 workloads')
  await page.locator('.react-flow__pane').click({ position: { x: 30, y: 300 } })
  await paste(page, policy('visitor'))
  await expect(page.getByRole('contentinfo')).toContainText('1 policy')
  await page.locator('.react-flow__pane').click({ position: { x: 30, y: 300 } })
  await paste(page, checks)
  await expect(page.getByRole('button', { name: /zoo\/keeper → zoo\/lion/ })).toBeVisible()

  await openLessons(page)
  await learn(page).getByRole('button', { name: 'Write a lesson' }).click()
  const author = page.getByRole('dialog', { name: 'Write a lesson' })
  await author.getByLabel('Title').fill('Feed the lion')
  await author.getByLabel('The idea').fill('Only **one** may come near.\n\n- <b>not</b> you\n- nor you')
  await expect(author.getByText('<b>not</b> you').last()).toBeVisible()
  await author.getByLabel('The task').fill('Let the *keeper* in, and nobody else.')
  await author.getByLabel('To remember').fill('Mind the labels.')
  await expectAccessible(page)
  await author.getByRole('tab', { name: 'Start and solution' }).click()
  await author.getByRole('button', { name: 'Take the texts as the start' }).click()
  await expectAccessible(page)
  await author.getByRole('tab', { name: 'Goals' }).click()
  await author.getByLabel('Predict visitors do not').check()
  await expectAccessible(page)
  await author.getByRole('tab', { name: 'Hints and limits' }).click()
  await author.getByRole('button', { name: 'Add a hint' }).click()
  await author.getByRole('textbox', { name: 'Hint 1' }).fill('Look at `from`.')
  await author.getByRole('button', { name: 'Test it' }).click()
  await expect(author.getByText('Take a snapshot of the solution.')).toBeVisible()
  await author.getByRole('button', { name: 'Close' }).click()
  // The solution is written in the workspace itself; the draft waits.
  await openInEditor(page, 'pasted-2.yaml')
  await page.keyboard.press('ControlOrMeta+A')
  await paste(page, policy('keeper'))
  await expectSaved(page)
  await openLessons(page)
  await learn(page).getByRole('button', { name: 'Write a lesson' }).click()
  await expect(author.getByLabel('Title')).toHaveValue('Feed the lion')
  await author.getByRole('tab', { name: 'Start and solution' }).click()
  await author.getByRole('button', { name: 'Take the texts as the solution' }).click()
  await author.getByRole('button', { name: 'Test it' }).click()
  await expect(author.getByText('The start fails, as it should.')).toBeVisible()
  await expect(author.getByText('The solution passes.')).toBeVisible()
  await expectAccessible(page)
  const waiting = page.waitForEvent('download')
  await author.getByRole('button', { name: 'Download the lesson' }).click()
  const download = await waiting
  expect(download.suggestedFilename()).toBe('feed-the-lion.lesson.json')
  const file = await readFile(await download.path(), 'utf8')
  await author.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('Copied the link')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toContain('/#w1.')

  const other = await browser.newContext({
    ...(baseURL === undefined ? {} : { baseURL }),
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const learner = await other.newPage()
  await learner.goto(link)
  await expect(panel(learner).getByRole('heading', { name: 'Feed the lion' })).toBeVisible()
  await expect(panel(learner).getByText('<b>not</b> you')).toBeVisible()
  await panel(learner).getByRole('button', { name: 'Predict first' }).click()
  await panel(learner).getByText('denied').click()
  await panel(learner).getByRole('button', { name: 'Show what is true' }).click()
  await expect(panel(learner).getByText('0 of 1 right')).toBeVisible()
  await panel(learner).getByRole('button', { name: 'Now do it' }).click()
  await expect(panel(learner).getByText('0 of 2 reached')).toBeVisible()
  await learner.locator('.monaco-editor .editor-scrollable').click()
  await learner.keyboard.press('ControlOrMeta+A')
  await paste(learner, policy('keeper'))
  await expectSolved(learner)
  await expect(panel(learner).getByText('Mind the labels.')).toBeVisible()

  // What the learner hands in is graded again by the instructor.
  await panel(learner).getByRole('button', { name: 'More about this lesson' }).click()
  await learner.getByRole('menuitem', { name: /hand it in/ }).click()
  await expect(learner.getByText('Your answer is on the clipboard')).toBeVisible()
  const handIn = await learner.evaluate(() => navigator.clipboard.readText())
  await other.close()

  await author.getByRole('button', { name: 'Close' }).click()
  await page.locator('.react-flow__pane').click({ position: { x: 30, y: 300 } })
  await paste(page, file)
  await expect(panel(page).getByRole('heading', { name: 'Feed the lion' })).toBeVisible()
  await panel(page).getByRole('button', { name: 'Leave' }).click()
  await openLessons(page)
  await learn(page).getByLabel('I teach').check()
  await learn(page).getByRole('button', { name: 'Grade hand-ins' }).click()
  const grading = page.getByRole('dialog', { name: 'Grade hand-ins' })
  await grading.getByLabel('Hand-ins, one a line').fill(`${handIn}\nnonsense`)
  await grading.getByRole('button', { name: 'Grade', exact: true }).click()
  await expect(grading.getByRole('row', { name: /Feed the lion/ })).toContainText('Passed')
  await expect(grading.getByRole('alert')).toContainText('Line 2')
  await expectAccessible(page)
})

test('before the learner has predicted, neither the text nor the bottom line tells what the policies do', async ({
  page,
}) => {
  await openApp(page)
  await startLesson(page, 'The label that isn’t there')
  await page.locator('.monaco-editor .editor-scrollable').click()
  await page.locator('.monaco-editor .view-line').filter({ hasText: 'billing' }).click()
  const meant = page.locator('output').filter({ hasText: 'selects no pod' })
  await expect(meant).toHaveCount(1)
  await expect(meant).toBeHidden()
  await page.keyboard.press('ControlOrMeta+End')
  await paste(page, `---\n${policy('keeper').replaceAll('zoo', 'billing').replaceAll('lion', 'invoices')}`)
  const lastEdit = page.getByRole('contentinfo').locator('[aria-label="Last edit"]')
  await expect(lastEdit).not.toBeEmpty()
  await expect(lastEdit).toBeHidden()
  await page.keyboard.press('ControlOrMeta+Home')
  await expect(page.getByText(/∅\sno\seffect/)).toHaveCount(0)
  await panel(page).getByRole('button', { name: 'Do', exact: false }).last().click()
  await expect(lastEdit).toBeVisible()
  await expect(page.getByText(/∅\sno\seffect/).first()).toBeVisible()
})

test('a drill against the clock, as an exam: nothing is told until it is handed in', async ({ page }) => {
  await openApp(page)
  await startLesson(page, 'Choose the least permissive')
  await expect(panel(page).getByRole('timer')).toContainText(/Time left [45]:\d\d/)
  await panel(page).getByRole('button', { name: 'More about this lesson' }).click()
  await page.getByRole('menuitemcheckbox', { name: /As an exam/ }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByText('Connections are hidden until you hand in.')).toBeVisible()
  await expect(panel(page).getByText('judged when you hand in')).toBeVisible()
  await expect(panel(page).getByRole('button', { name: /hint/ })).toBeHidden()
  await expectAccessible(page)
  await panel(page).getByRole('button', { name: 'Hand in' }).click()
  await expect(panel(page).getByText(/of \d+ reached/)).toBeVisible()
  await expect(panel(page).getByText(/where 1 must do/)).toBeVisible()
  await panel(page).getByRole('button', { name: 'More about this lesson' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Show the clock' }).click()
  await page.keyboard.press('Escape')
  await expect(panel(page).getByRole('timer')).toBeHidden()
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Share' })).toContainText('“Choose the least permissive” goes along')
})
