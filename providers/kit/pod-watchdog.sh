# Stops this pod when no Seedloom has been heard of for a while and no job is left. See Seedloom's docs/pods.md.
comfyui=${SEEDLOOM_COMFYUI_URL:-http://127.0.0.1:${SEEDLOOM_PORT:-8188}}
host=${SEEDLOOM_API_URL:-https://api.runpod.io}
lease_minutes=${SEEDLOOM_LEASE_MINUTES:-15}
job_minutes=${SEEDLOOM_JOB_MINUTES:-240}
max_minutes=${SEEDLOOM_MAX_MINUTES:-0}
left=${SEEDLOOM_START_MINUTES:-45}
age=0 quiet=0 same=0 remaining=0 answered=no lease= may=no

has() { command -v "$1" > /dev/null 2>&1; }

# call URL [KEY] [BODY] [TYPE]: prints the answer, fails for anything but a good one.
call() {
  if has curl; then
    set -- "$1" "$2" "$3" "${4:-application/json}"
    if [ -n "$3" ]; then curl -fsS -m 10 -H "Authorization: Bearer $2" -H "Content-Type: $4" --data-binary "$3" "$1"
    else curl -fsS -m 10 -H "Authorization: Bearer $2" "$1"; fi
  elif has wget; then
    if [ -n "$3" ]; then wget -q -T 10 -O - --header "Authorization: Bearer $2" --header "Content-Type: ${4:-application/json}" --post-data "$3" "$1"
    else wget -q -T 10 -O - --header "Authorization: Bearer $2" "$1"; fi
  else
    python3 -c 'import sys, urllib.request as r
u, k, b, t = (sys.argv[1:] + [""] * 4)[:4]
q = r.Request(u, b.encode() or None, {"Authorization": "Bearer " + k, "Content-Type": t or "application/json"})
sys.stdout.buffer.write(r.urlopen(q, timeout=10).read())' "$@"
  fi 2> /dev/null
}

sign() {
  cr=$(printf '\r') boundary=seedloom-seedloom-seedloom-seedloom
  line="--$boundary$cr
Content-Disposition: form-data; name="
  call "$comfyui/upload/image" "" "$line\"image\"; filename=\"$SEEDLOOM_SIGN\"$cr
Content-Type: text/plain$cr
$cr
$age $may$cr
$line\"type\"$cr
$cr
temp$cr
$line\"subfolder\"$cr
$cr
seedloom$cr
$line\"overwrite\"$cr
$cr
true$cr
--$boundary--$cr
" "multipart/form-data; boundary=$boundary" > /dev/null
}

stop_pod() {
  if has runpodctl; then
    runpodctl pod stop "$RUNPOD_POD_ID" && return
    runpodctl stop pod "$RUNPOD_POD_ID" && return
  fi
  call "$host/v2/pods/$RUNPOD_POD_ID/action" "$RUNPOD_API_KEY" '{"action":"stop"}' && return
  call "$host/graphql" "$RUNPOD_API_KEY" "{\"query\":\"mutation { podStop(input: {podId: \\\"$RUNPOD_POD_ID\\\"}) { id } }\"}"
}

while :; do
  # That it may ask about its own pod is the best sign there is that it may stop it.
  [ $may = yes ] || { call "$host/v2/pods/$RUNPOD_POD_ID" "$RUNPOD_API_KEY" > /dev/null && may=yes; }
  sleep 60
  age=$((age + 1)) left=$((left - 1))
  if answer=$(call "$comfyui/prompt"); then
    if [ $answered = no ]; then answered=yes left=$lease_minutes; fi
    quiet=0
    now=$(printf %s "$answer" | sed -n 's/.*"queue_remaining": *\([0-9][0-9]*\).*/\1/p')
    if [ "${now:-0}" = "$remaining" ]; then same=$((same + 1)); else same=0; fi
    # The end of a job is a sign of life, too: its pictures may be fetched now.
    if [ "$remaining" -gt 0 ] && [ $same = 0 ] && [ "$left" -lt "$lease_minutes" ]; then left=$lease_minutes; fi
    remaining=${now:-0}
    found=$(call "$comfyui/view?filename=$SEEDLOOM_LEASE&subfolder=seedloom&type=temp")
    if [ -n "$found" ] && [ "$found" != "$lease" ]; then
      lease=$found
      minutes=$(printf %s "$found" | sed -n 's/^[^ ]* \([0-9][0-9]*\)$/\1/p')
      left=${minutes:-$lease_minutes}
    fi
    sign
  else
    # A ComfyUI that loads a model may not answer for a while; what it had to do then counts for a while.
    quiet=$((quiet + 1))
    if [ $quiet -ge "$lease_minutes" ]; then remaining=0; fi
  fi
  if [ "$remaining" -gt 0 ] && [ $same -lt "$job_minutes" ]; then continue; fi
  if [ $left -le 0 ] || { [ "$max_minutes" -gt 0 ] && [ $age -ge "$max_minutes" ]; }; then
    echo "stopping after $age minutes: $left minutes of the lease are left"
    stop_pod
  fi
done
