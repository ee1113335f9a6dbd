/**
 * What stands before the probes of a script: POSIX sh, without any name of the user's. A refused connection tells nothing
 * sure: nothing listens there, or the CNI rejects instead of dropping.
 */
export const PROBE_HEAD = `#!/bin/sh
# Tries saved checks in the cluster that kubectl points at.
#
# Each probe is an ephemeral container in a source pod that runs already: a new pod with its labels could get traffic of
# its Services. It ends by itself, and the pod keeps a note of it until it is replaced. You need the right to change
# pods/ephemeralcontainers; PROFILE=restricted and an IMAGE that does not run as root suit strict namespaces.
#
# Exit status: 0 all passed, 1 some failed, 2 none failed, but some are inconclusive.
set -u
IMAGE=\${IMAGE:-busybox:1.36}
PROFILE=\${PROFILE:-general}
TIMEOUT=\${TIMEOUT:-5}
WAIT=\${WAIT:-60}
run=$(date +%s)
number=0
passed=0
failed=0
inconclusive=0

# Runs inside of the pod: 0 open, 20 refused, 21 timed out, 22 no way there, 23 no such name, 24 cannot tell.
TRY='
start=$(date +%s)
said=$(nc -vv -z -w "$1" -- "$2" "$3" 2>&1 </dev/null) && exit 0
case $said in
  *[Rr]efused*) exit 20 ;;
  *"timed out"* | *imeout*) exit 21 ;;
  *nreachable* | *rohibited* | *"o route"*) exit 22 ;;
  *"bad address"* | *"not known"* | *esolve* | *"nknown host"*) exit 23 ;;
esac
[ $(($(date +%s) - start)) -ge "$1" ] && exit 21
exit 24'

pass() {
  passed=$((passed + 1))
  printf 'passed        %s\\n' "$1"
}

fail() {
  failed=$((failed + 1))
  printf 'FAILED        %s: %s\\n' "$1" "$2"
}

unsure() {
  inconclusive=$((inconclusive + 1))
  printf 'inconclusive  %s: %s\\n' "$1" "$2"
}

# namespace, pod or nothing, labels: names of running pods, one a line
pods() {
  if [ -n "$2" ]; then
    printf '%s\\n' "$2"
  else
    kubectl get pods "--namespace=$1" "--selector=$3" --field-selector=status.phase=Running \\
      -o 'jsonpath={range .items[*]}{.metadata.name}{"\\n"}{end}'
  fi
}

# namespace, pod or nothing, labels, pod that asks if it is of this namespace: an address
address() {
  goal=$(pods "$1" "$2" "$3" | grep -Fvx -e "$4" | head -n 1)
  [ -z "$goal" ] || kubectl get pod "--namespace=$1" -o 'jsonpath={.status.podIP}' -- "$goal"
}

# name, allowed or denied, port, source: namespace, pod or nothing, labels; target: host, or namespace, pod or nothing, labels
probe() {
  number=$((number + 1))
  source=$(pods "$4" "$5" "$6" | head -n 1)
  if [ -z "$source" ]; then
    unsure "$1" 'no pod runs that could send'
    return
  fi
  if [ $# -eq 7 ]; then
    target=$7
  else
    self=''
    [ "$4" != "$7" ] || self=$source
    target=$(address "$7" "$8" "$9" "$self")
  fi
  if [ -z "$target" ]; then
    unsure "$1" 'no other pod runs that could be reached'
    return
  fi
  box="drawbridge-$run-$number"
  if ! said=$(kubectl debug "--namespace=$4" "--image=$IMAGE" "--profile=$PROFILE" "--container=$box" "pod/$source" \\
    -- sh -c "$TRY" probe "$TIMEOUT" "$target" "$3" 2>&1 </dev/null); then
    unsure "$1" "$said"
    return
  fi
  waited=0
  while :; do
    code=$(kubectl get pod "--namespace=$4" \\
      -o "jsonpath={.status.ephemeralContainerStatuses[?(@.name==\\"$box\\")].state.terminated.exitCode}" -- "$source")
    [ -z "$code" ] && [ "$waited" -lt "$WAIT" ] || break
    waited=$((waited + 1))
    sleep 1
  done
  case "$code $2" in
    '0 allowed' | '21 denied') pass "$1" ;;
    '0 denied') fail "$1" "port $3 is open" ;;
    '21 allowed') fail "$1" "port $3 timed out" ;;
    20\\ *) unsure "$1" "port $3 is refused: nothing listens there, or the CNI rejects instead of dropping" ;;
    22\\ *) unsure "$1" "there is no way to $target" ;;
    23\\ *) unsure "$1" "the name $target is not known there (is DNS allowed?)" ;;
    *) unsure "$1" "the probe did not say what it saw (code \${code:-none})" ;;
  esac
}

# name, port
udp() {
  unsure "$1" "UDP $2 gives no answer that tells open from closed: try it with a client of the service"
}
`

/** What stands behind them. */
export const PROBE_TAIL = `
printf '%s passed, %s failed, %s inconclusive\\n' "$passed" "$failed" "$inconclusive"
[ "$failed" -eq 0 ] || exit 1
[ "$inconclusive" -eq 0 ] || exit 2
`
