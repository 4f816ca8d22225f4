# Stops this pod when no Seedloom has been heard of for a while and no job is left. See Seedloom's docs/pods.md.
host=${SEEDLOOM_API_URL:-https://api.runpod.io}
lease_minutes=${SEEDLOOM_LEASE_MINUTES:-15}
job_minutes=${SEEDLOOM_JOB_MINUTES:-240}
max_minutes=${SEEDLOOM_MAX_MINUTES:-0}
left=${SEEDLOOM_START_MINUTES:-45}
age=0 quiet=0 same=0 remaining=0 answered=no lease= may=no
beat= silent=0 files=0 slow=0

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
    found=$(view "$SEEDLOOM_LEASE")
    if [ -n "$found" ] && [ "$found" != "$lease" ]; then
      lease=$found
      minutes=$(printf %s "$found" | sed -n 's/^[^ ]* \([0-9][0-9]*\)$/\1/p')
      left=${minutes:-$lease_minutes}
    fi
    put "$SEEDLOOM_SIGN" "$age $may"
  else
    # A ComfyUI that loads a model may not answer for a while; what it had to do then counts for a while.
    quiet=$((quiet + 1))
    if [ $quiet -ge "$lease_minutes" ]; then remaining=0; fi
  fi
  # The installer beside it says "<beat> <files it still has to load>"; one whose beat stands still is not there any more.
  found=$(cat "$work/installing" 2> /dev/null)
  if [ "$found" = "$beat" ]; then silent=$((silent + 1)); else beat=$found silent=0; fi
  now=${found##* }
  if [ $silent -ge 5 ]; then now=0; fi
  if [ "${now:-0}" = "$files" ]; then slow=$((slow + 1)); else slow=0; fi
  files=${now:-0}
  if [ "$files" -gt 0 ] && [ $slow -lt "$job_minutes" ]; then continue; fi
  if [ "$remaining" -gt 0 ] && [ $same -lt "$job_minutes" ]; then continue; fi
  if [ $left -le 0 ] || { [ "$max_minutes" -gt 0 ] && [ $age -ge "$max_minutes" ]; }; then
    echo "stopping after $age minutes: $left minutes of the lease are left"
    stop_pod
  fi
done
