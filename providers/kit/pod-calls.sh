# What the scripts on the pod share: HTTP by whatever there is, and small files passed through ComfyUI. See Seedloom's docs/pods.md.
LC_ALL=C
comfyui=${SEEDLOOM_COMFYUI_URL:-http://127.0.0.1:${SEEDLOOM_PORT:-8188}}
work=${SEEDLOOM_WORK:-/tmp/seedloom}
mkdir -p "$work"

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

# view NAME: a small file among ComfyUI's temporary ones.
view() { call "$comfyui/view?filename=$1&subfolder=seedloom&type=temp"; }

# put NAME TEXT: writes one.
put() {
  cr=$(printf '\r') boundary=seedloom-seedloom-seedloom-seedloom
  line="--$boundary$cr
Content-Disposition: form-data; name="
  call "$comfyui/upload/image" "" "$line\"image\"; filename=\"$1\"$cr
Content-Type: text/plain$cr
$cr
$2$cr
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

