/**
 * What stands before the probes of a script: POSIX sh, without any name of the user's. No answer alone is no proof of a
 * denial: a control probe shows that the target listens. A refused connection, too: some CNIs reject instead of dropping.
 */
export const PROBE_HEAD = `#!/bin/sh
# Tries saved checks in the cluster that kubectl points at.
#
# Each probe is an ephemeral container in a source pod that runs already: a new pod with its labels could get traffic of
# its Services. It ends by itself, also when this script is stopped, and the pod keeps a note of it until it is replaced.
# Where a source gets no answer, the target pod tries its own port: a closed door proves nothing if nobody is at home.
# You need the right to change pods/ephemeralcontainers; PROFILE=restricted and an IMAGE that does not run as root suit
# strict namespaces.
#
# Exit status: 0 all passed, 1 some failed, 2 none failed, but some are inconclusive.
set -u
trap 'echo "stopped before the end" >&2; exit 130' INT
trap 'echo "stopped before the end" >&2; exit 143' TERM
command -v kubectl >/dev/null || { echo 'kubectl is not there' >&2; exit 2; }
IMAGE=\${IMAGE:-busybox:1.36}
PROFILE=\${PROFILE:-general}
TIMEOUT=\${TIMEOUT:-5}
WAIT=\${WAIT:-60}
run=$(date +%s)
number=0
passed=0
failed=0
inconclusive=0
# Addresses and ports that have answered, one a line.
answered=''

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

# namespace, pod that tries, address, port: leaves in code what TRY said; without one, said is why
try() {
  number=$((number + 1))
  box="drawbridge-$run-$number"
  code=''
  said=$(kubectl debug "--namespace=$1" "--image=$IMAGE" "--profile=$PROFILE" "--container=$box" "pod/$2" \\
    -- sh -c "$TRY" probe "$TIMEOUT" "$3" "$4" 2>&1 </dev/null) || return 1
  waited=0
  while :; do
    code=$(kubectl get pod "--namespace=$1" \\
      -o "jsonpath={.status.ephemeralContainerStatuses[?(@.name==\\"$box\\")].state.terminated.exitCode}" -- "$2")
    [ -z "$code" ] && [ "$waited" -lt "$WAIT" ] || break
    waited=$((waited + 1))
    sleep 1
  done
  [ "$code" != 0 ] || answered="$answered
$3 $4"
}

# address, port, namespace and pod of the target, if it is one: does anything listen there?
listens() {
  printf '%s\\n' "$answered" | grep -Fqx -e "$1 $2" && return
  [ -n "$4" ] && try "$3" "$4" "$1" "$2" && [ "$code" = 0 ]
}

# name, allowed or denied, port, source: namespace, pod or nothing, labels; target: host, or namespace, pod or nothing, labels
probe() {
  source=$(pods "$4" "$5" "$6" | head -n 1)
  if [ -z "$source" ]; then
    unsure "$1" 'no pod runs that could send'
    return
  fi
  goal=''
  if [ $# -eq 7 ]; then
    target=$7
  else
    self=''
    [ "$4" != "$7" ] || self=$source
    target=''
    goal=$(pods "$7" "$8" "$9" | grep -Fvx -e "$self" | head -n 1)
    [ -z "$goal" ] || target=$(kubectl get pod "--namespace=$7" -o 'jsonpath={.status.podIP}' -- "$goal")
  fi
  if [ -z "$target" ]; then
    unsure "$1" 'no other pod runs that could be reached'
    return
  fi
  if ! try "$4" "$source" "$target" "$3"; then
    unsure "$1" "$said"
    return
  fi
  case $code in
    0) seen="port $3 is open" ;;
    20) seen="port $3 is refused" ;;
    21) seen="port $3 timed out" ;;
    22) seen="there is no way to $target" ;;
    23) seen="the name $target is not known there (is DNS allowed?)" ;;
    *) seen="the probe did not say what it saw (code \${code:-none})" ;;
  esac
  case "$code $2" in
    '0 allowed') pass "$1" ;;
    '0 denied' | '21 allowed') fail "$1" "$seen" ;;
    20\\ * | 21\\ * | 22\\ *)
      if ! listens "$target" "$3" "$7" "$goal"; then
        unsure "$1" "$seen, and nothing shows that anything listens there"
      elif [ "$2" = denied ]; then
        pass "$1"
      else
        fail "$1" "$seen, though something listens there"
      fi
      ;;
    *) unsure "$1" "$seen" ;;
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
