# Loads the model files that Seedloom orders to the pod's volume, one at a time. See Seedloom's docs/pods.md.
volume=$(cd -P "$SEEDLOOM_VOLUME" 2> /dev/null && pwd)
order=- beat=0 n=0
rm -f "$work"/file-*

# say STATE [BYTES]: how it stands with file n.
say() { printf '%s %s %s\n' "$n" "$1" "${2:-0}" > "$work/file-$n"; }

size() { stat -c %s "$1" 2> /dev/null || echo 0; }

# Kilobytes that the volume says are free; nothing where it does not say.
room() { df -Pk "$volume" 2> /dev/null | sed -n '$s/.* \([0-9][0-9]*\)  *[0-9][0-9]*% .*/\1/p'; }

report() {
  beat=$((beat + 1)) said=$(cat "$work"/file-* 2> /dev/null) free=$(room)
  echo "$beat $(printf '%s\n' "$said" | grep -cE ' (waits|loads|checks) ')" > "$work/installing.new"
  mv -f "$work/installing.new" "$work/installing"
  put "$SEEDLOOM_PROGRESS" "$beat $order ${free:--}
$said"
}

# An order is its id, and a line for each file: FOLDER NAME SHA256 BYTES URL, a dash for what is not known.
read_order() {
  found=$(view "$SEEDLOOM_ORDER") || return
  id=$(printf '%s\n' "$found" | sed 1q)
  case $id in "$order" | '' | *[!a-z0-9]*) return ;; esac
  order=$id n=0
  rm -f "$work"/file-*
  printf '%s\n' "$found" | sed -n 2,51p > "$work/order"
  while read -r line; do n=$((n + 1)) && say waits; done < "$work/order"
}

is_well_formed() {
  case $folder in '' | *[!a-z0-9_]*) return 1 ;; esac
  case $name in '' | [.-]* | *[!A-Za-z0-9._+-]*) return 1 ;; esac
  case $name in *.safetensors | *.sft | *.ckpt | *.pt | *.pth | *.bin | *.gguf | *.onnx) ;; *) return 1 ;; esac
  case $sha in -) ;; *[!0-9a-f]*) return 1 ;; *) [ ${#sha} = 64 ] || return 1 ;; esac
  case $bytes in -) ;; '' | *[!0-9]*) return 1 ;; esac
  case $url in http://?* | https://?*) ;; *) return 1 ;; esac
  [ -z "$rest" ]
}

# The folder where ComfyUI itself looks for such files, as far as it lies on the volume.
folder_of() {
  call "$comfyui/experiment/models" | sed -n "s/.*\"name\": *\"$1\", *\"folders\": *\[\([^]]*\)\].*/\1/p" | tr ',' '\n' |
    sed 's/^ *"//; s/" *$//' | while read -r path || [ -n "$path" ]; do
    case $path in *..*) continue ;; "$SEEDLOOM_VOLUME"/*) mkdir -p "$path" 2> /dev/null ;; esac
    real=$(cd -P "$path" 2> /dev/null && pwd) || continue
    case $real in "$volume"/*) printf '%s\n' "$real" && break ;; esac
  done
}

fetch() {
  if has curl; then
    case $url in https:*) only=https ;; *) only=http,https ;; esac
    set -- -fsSL -g --proto "=$only" --connect-timeout 30 --speed-limit 1000 --speed-time 300 \
      -C - -o "$part" -w '%{http_code}' --url "$url"
    case $url in https://huggingface.co/*) token=$HF_TOKEN ;; *) token= ;; esac
    case $token in
      '' | *[!A-Za-z0-9_-]*) curl "$@" ;;
      # Not as an argument: every program on the pod may read those. curl keeps it from the hosts it is sent on to.
      *) printf 'header = "Authorization: Bearer %s"\n' "$token" | curl -K - "$@" ;;
    esac
  else
    wget -nv -S -t 1 -T 300 -c -O "$part" "$url"
  fi
}

hash_of() {
  if has sha256sum; then sha256sum "$part"; else openssl dgst -sha256 -r "$part"; fi
}

# watched STATE COMMAND: runs it, and tells meanwhile how far the file has come.
watched() {
  rm -f "$work/ended"
  { "$2" > "$work/answer" 2> "$work/errors"; echo $? > "$work/ending" && mv "$work/ending" "$work/ended"; } &
  while :; do
    say "$1" "$(size "$part")"
    report
    [ -f "$work/ended" ] && break
    sleep 15
  done
  wait
  return "$(cat "$work/ended")"
}

# Leaves the whole file under its name with .part, or says why not.
load() {
  tries=0 before=-1
  while :; do
    had=$(size "$part")
    if [ "$bytes" != - ] && [ "$had" -gt "$bytes" ]; then rm -f "$part" && had=0; fi
    if [ "$had" = "$bytes" ]; then return 0; fi
    if [ "$had" -gt "$before" ]; then tries=0; else tries=$((tries + 1)); fi
    before=$had
    if [ $tries -ge 5 ]; then say failed "$had" && return 1; fi
    if [ $tries -gt 0 ]; then sleep 30; fi
    free=$(room)
    if [ "$bytes" != - ] && [ -n "$free" ] && [ $(((bytes - had) / 1024 + 65536)) -gt "$free" ]; then say no-space "$had" && return 1; fi
    watched loads fetch
    code=$? status=$(cat "$work/answer") had=$(size "$part")
    if [ -z "$status" ]; then status=$(sed -n 's/^ *HTTP\/[0-9.]* \([0-9][0-9]*\).*/\1/p' "$work/errors" | tail -n 1); fi
    if [ $code = 0 ]; then
      if [ "$bytes" = - ] || [ "$had" = "$bytes" ]; then return 0; fi
      mv -f "$part" "$target.wrong"
      say wrong-size "$had" && return 1
    fi
    case $status in
      401 | 403) say gated "$had" && return 1 ;;
      404 | 410) say not-found "$had" && return 1 ;;
      # What is there is no beginning of this file.
      416) rm -f "$part" ;;
    esac
    case $code in
      # curl cannot write; wget cannot write.
      23 | 3) say no-space "$had" && return 1 ;;
      # This server begins anew each time.
      33) rm -f "$part" ;;
    esac
  done
}

install_file() {
  sed -n "${n}p" "$work/order" > "$work/line"
  read -r folder name sha bytes url rest < "$work/line"
  is_well_formed || { say bad-order && return; }
  has curl || has wget || { say no-tools && return; }
  [ "$sha" = - ] || has sha256sum || has openssl || { say no-tools && return; }
  directory=$(folder_of "$folder")
  [ -n "$directory" ] || { say no-folder && return; }
  target=$directory/$name part=$directory/$name.part
  if [ -e "$target" ] || [ -L "$target" ]; then
    had=$(size "$target")
    if [ "$bytes" = - ] || [ "$bytes" = "$had" ]; then say there "$had"; else say differs "$had"; fi
    return
  fi
  # It might lead anywhere.
  if [ -L "$part" ]; then rm -f "$part"; fi
  load || return
  if [ "$sha" != - ]; then
    watched checks hash_of
    if [ "$(sed 's/[^0-9a-f].*//' "$work/answer")" != "$sha" ]; then
      mv -f "$part" "$target.wrong"
      say wrong-hash "$(size "$target.wrong")" && return
    fi
  fi
  # A second name never takes the place of a file; where a volume has none, the move looks itself.
  if ln "$part" "$target" 2> /dev/null; then rm -f "$part"; else mv -n "$part" "$target" 2> /dev/null; fi
  if [ -e "$part" ]; then say differs "$(size "$target")"; else say done "$(size "$target")"; fi
}

while :; do
  read_order
  n=$(cat "$work"/file-* 2> /dev/null | sed -n 's/^\([0-9]*\) waits .*/\1/p' | sort -n | sed 1q)
  if [ -n "$n" ]; then install_file; fi
  report
  if [ -z "$n" ]; then sleep 60; fi
done
