#!/bin/bash
# Stands in for nanoff: prints what nanoFirmwareFlasher baccab8 prints, and keeps a "board" in the folder BENCH names.
#   chip.txt         what the chip says          board/   what is on the board: runtime, deploy.bin, files/, network
#   images/*.zip     what the repository has     fail     lines "operation nth code [words]": which call fails, and how
#   assemblies.txt, natives.csv   what a runtime with an agent tells
#   log              every call                   ended    every call that has come to its end
set -u
bench=${BENCH:?}
all="$*"
verbosity=n target='' port='' version='' archive='' image='' address='' files='' network='' backup='' operation=''
while [ $# -gt 0 ]; do
    case $1 in
        --target) target=$2; shift ;;
        --serialport) port=$2; shift ;;
        --fwversion) version=$2; shift ;;
        --archivepath) archive=$2; shift ;;
        --image) image=$2; shift ;;
        --address) address=$2; shift ;;
        --filedeployment) files=$2 operation=files; shift ;;
        --networkdeployment) network=$2 operation=network; shift ;;
        --backuppath) backup=$2/; shift ;;
        --backupfile) backup=$backup$2 operation=backup; shift ;;
        --updatearchive) operation=fetch ;;
        --update) operation=update ;;
        --deploy) operation=deploy ;;
        --nanodevice) operation=runtime ;;
        --devicedetails) operation=${operation:-chip} ;;
        -v) verbosity=$2; shift ;;
        --clrfile | --platform | --baud) shift ;;
        --fromarchive | --masserase | --nobackupconfig | --suppressnanoffversioncheck) ;;
        *) echo "ERROR(S): Option '${1#--}' is unknown."; exit $((9000 & 255)) ;;
    esac
    shift
done
echo "$operation $all" >>"$bench/log"
trap '' PIPE # as a .NET program
trap 'echo "$operation" >>"$bench/ended"' EXIT

echo '.NET nanoFramework Firmware Flasher v2.5.140+baccab8'
echo 'Copyright (C) 2019 .NET Foundation and nanoFramework project contributors'
echo

fail() { # CODE TEXT [DETAIL]
    if [ "$verbosity" = n ]; then echo "Error E$1: $2${3:+ ($3)}"; else echo "E$1"; fi
    exit $(($1 & 255))
}

calls=$(grep -c "^$operation " "$bench/log")
while read -r which nth code words; do
    [ "$which" = "$operation" ] && [ "$nth" = "$calls" ] || continue
    case $code in
        hang) sleep 600 & wait $! ;;
        slow) while [ -d "$bench" ] && [ ! -e "$bench/go" ]; do sleep 0.05; done ;;
        unfinished) [ "$operation" = files ] && { echo 'Device connected and ready for deployment.'; echo 'Deploying file ca.pem to I:\ca.pem...'; echo 'Error deploying content file ca.pem to I:\ca.pem'; exit 0; }
            [ "$operation" = fetch ] && { echo PK >"$archive/$(basename "$bench"/images/"$target"-*.zip)"; sleep 600 & wait $!; }
            head -c 1000 /dev/zero >"$backup"; echo "Flash backup saved to ${backup##*/}"; exit 0 ;;
        2001) fail 2001 'Error occurred with listing nano devices.' "Couldn't connect to specified nano device." ;;
        2002) fail 2002 'Error executing operation with nano device.' ;;
        4000)
            [ "$operation" = backup ] && head -c 1000 /dev/zero >"$backup"
            echo -n 'Reading details from chip...'; fail 4000 'Error executing ESP32 serial command.' "${words:-Failed to connect to ESP32 bootloader. No sync response received.}" ;;
        4005) fail 4005 'Failed to open specified COM port.' ;;
        4003) echo -n 'Flashing deployment partition...'; fail 4003 'Failed to write new firmware to ESP32.' 'MD5 of file does not match data in flash.' ;;
        4004) fail 4004 'Failed to read from ESP32 flash.' 'Timeout' ;;
        6000) fail 6000 "Couldn't open serial device. Make sure the COM port exists, that the device is connected and that it's not being used by another application." ;;
        crash) echo "Unhandled exception. $words"; echo '   at nanoFramework.Tools.FirmwareFlasher.Program.Main(String[] args)'; exit 134 ;;
        9007) echo 'Failure to download package.'; fail 9007 'Error downloading firmware file.' ;;
        *) fail "$code" 'Something else.' ;;
    esac
done < <(cat "$bench/fail" 2>/dev/null)

chip() {
    echo -n 'Reading details from chip...'; echo OK
    [ "$verbosity" = n ] || return 0
    echo; echo 'Connected to:'; cat "$bench/chip.txt"; echo
}

progress() { printf '\rWriting at 0x%s [====>     ]  50.0%% 512/1024 bytes...\rWriting at 0x%s [==========] 100.0%% 1024/1024 bytes...\n' "$1" "$1"; }

case $operation in
    chip) chip ;;
    fetch)
        found=''
        for zip in "$bench/images/$target-${version:-}"*.zip; do [ -e "$zip" ] && found=$zip; done
        [ -n "$found" ] || fail 9005 "Can't find the target in Cloudsmith repository."
        # A file of that name is taken for whole.
        [ -e "$archive/$(basename "$found")" ] || { echo 'Downloading firmware package...OK'; cp "$found" "$archive/"; } ;;
    backup)
        chip
        echo "Backing up the firmware to $backup..."
        printf '\rReading flash... 50%%\rReading flash... 100%%\n'
        head -c "$(cat "$bench/flash-bytes")" /dev/zero >"$backup"
        echo "Flash backup saved to ${backup##*/}" ;;
    update)
        if [ -z "$version" ]; then version=$(cd "$archive" && ls "$target"-*.zip | sort -V | tail -n 1); version=${version#"$target"-} version=${version%.zip}; fi
        [ -e "$archive/$target-$version.zip" ] || fail 9015 "Can't find the target in the firmware archive."
        case " $all " in *' --masserase '*) rm -rf "$bench/board"; mkdir -p "$bench/board/files" ;; esac
        echo "$target $version" >"$bench/board/runtime" ;;
    deploy)
        chip
        [ -e "$image" ] || fail 9008 "Couldn't find application file. Check the path."
        progress "${address#0x}"
        echo 'Verifying written data...'; echo 'Hash of data verified.'; echo 'Flash write complete.'; echo OK
        cp "$image" "$bench/board/deploy.bin"; echo "$address" >"$bench/board/address" ;;
    runtime)
        [ -e "$bench/board/runtime" ] || fail 2001 'Error occurred with listing nano devices.' "Couldn't connect to specified nano device."
        read -r name number <"$bench/board/runtime"
        printf '\nHAL build info: nanoCLR running @ ESP32 built with ESP-IDF v5.5.4\n  Target:   %s\n  Platform: ESP32\n\n' "$name"
        printf 'Firmware build Info:\n  Date:        Jul 27 2026\n  Type:        MinSizeRel build, chip rev. >= 0\n  CLR Version: %s\n  Compiler:    GNU ARM GCC v14.2.0\n\n' "$number"
        printf 'OEM Product codes (vendor, model, SKU): 0, 0, 0\n\nAppDomains:\n  default, id=1\n\nAssemblies:\n'
        [ -e "$bench/board/deploy.bin" ] && [ -n "$(head -c 6 "$bench/board/deploy.bin" | tr -d "\377")" ] && cat "$bench/assemblies.txt"
        printf '\nNative Assemblies:\n'
        sed -E 's/^([^,]+),([^,]+),(0x[0-9A-F]+).*/  \1 v\2, checksum \3/' "$bench/natives.csv"
        echo ;;
    files)
        echo 'Device connected and ready for deployment.'
        mkdir -p "$bench/board/files"
        grep -oE '"SourceFilePath": *"[^"]+"' "$files" | sed -E 's/.*"([^"]+)"$/\1/' | while read -r source; do
            echo "Deploying file $source to I:\\$source...OK"
            cp "$source" "$bench/board/files/"
        done ;;
    network)
        echo 'No operation was performed with the options supplied.'
        echo 'Device connected and ready for deployment.'
        echo 'Updating network configuration...OK'; echo 'Updating wireless configuration...OK'
        cp "$network" "$bench/board/network" ;;
    *) fail 9000 'Invalid or missing arguments.' ;;
esac
exit 0
