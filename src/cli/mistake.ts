/** What the user can mend, in one sentence: shown without a stack, with exit status 2. */
export class Mistake extends Error {}
