// Every access to the frame's bytes is in this file (and in radio_crc32.c).
#include "radio_frame.h"

#include <string.h>

#include "radio_bssid.h"
#include "radio_channel.h"
#include "radio_crc32.h"

enum {
    FRAME_CONTROL_BEACON = 0x80,
    FRAME_CONTROL_PROBE_RESPONSE = 0x50,
    FRAME_CONTROL_VERSION_MASK = 0x03,
    FRAME_CONTROL_TYPE_MASK = 0x0C,
    FRAME_CONTROL_TYPE_CONTROL = 0x04,
    FRAME_CONTROL_ORDER = 0x80, // second byte; +HTC: the HT Control field follows the header

    CONTROL_LENGTH_MIN = 10, // Ack, CTS
    HEADER_LENGTH = 24,
    HT_CONTROL_LENGTH = 4,
    FIXED_FIELDS_LENGTH = 12, // time stamp, beacon interval, capabilities
    BSSID_OFFSET = 16,
    FCS_LENGTH = 4,

    ELEMENT_DS_PARAMETER_SET = 3,
    ELEMENT_BSS_LOAD = 11,
    ELEMENT_HT_OPERATION = 61,
    BSS_LOAD_LENGTH = 5,
    BSS_LOAD_READ = 3, // station count and utilisation; admission capacity is not read
};

// The part of a frame that may be parsed: from its frame control field, without FCS.
struct body {
    const uint8_t *bytes;
    uint32_t length;
    int is_cut; // there was more on the air
};

static int fcs_matches(const uint8_t *frame, uint32_t length)
{
    const uint8_t *fcs = frame + length - FCS_LENGTH;
    uint32_t stated = (uint32_t)fcs[0] | (uint32_t)fcs[1] << 8 | (uint32_t)fcs[2] << 16 | (uint32_t)fcs[3] << 24;
    return radio_crc32(frame, length - FCS_LENGTH) == stated;
}

// Of a truncated frame nothing can be checked; what was captured of its FCS is cut off.
static void take_truncated(struct radio_frame *read, struct body *body, uint32_t length, uint32_t claimed)
{
    read->on_air_length = claimed > length ? claimed : length;
    if (claimed >= length && length > 0) {
        uint32_t without_fcs = claimed > FCS_LENGTH ? claimed - FCS_LENGTH : 0;
        body->is_cut = length < without_fcs;
        body->length = body->is_cut ? length : without_fcs;
    }
}

static void take_complete(struct radio_frame *read, struct body *body, uint32_t length, int has_fcs)
{
    int matches = length >= CONTROL_LENGTH_MIN + FCS_LENGTH && fcs_matches(body->bytes, length);
    if (has_fcs && !matches) {
        read->kind = length < CONTROL_LENGTH_MIN + FCS_LENGTH ? RADIO_FRAME_KIND_MALFORMED : RADIO_FRAME_KIND_BAD_FCS;
        return;
    }
    // Without the flag, a right check sum is an FCS left on (some drivers do): it must not be read as an element.
    body->length = matches ? length - FCS_LENGTH : length;
    read->on_air_length = body->length + FCS_LENGTH;
}

static uint32_t least_length(const struct body *body)
{
    return (body->bytes[0] & FRAME_CONTROL_TYPE_MASK) == FRAME_CONTROL_TYPE_CONTROL ? CONTROL_LENGTH_MIN : HEADER_LENGTH;
}

static enum radio_frame_kind kind_of(const struct body *body)
{
    if (body->length == 0 || body->length < least_length(body) || body->bytes[0] & FRAME_CONTROL_VERSION_MASK) {
        return RADIO_FRAME_KIND_MALFORMED;
    }
    switch (body->bytes[0]) {
    case FRAME_CONTROL_BEACON:
        return RADIO_FRAME_KIND_BEACON;
    case FRAME_CONTROL_PROBE_RESPONSE:
        return RADIO_FRAME_KIND_PROBE_RESPONSE;
    default:
        return RADIO_FRAME_KIND_OTHER;
    }
}

static uint8_t channel_or_none(uint8_t stated)
{
    return radio_channel_index(stated) >= 0 ? stated : 0;
}

static void read_bss_load(struct radio_frame *read, const uint8_t *value)
{
    read->has_bss_load = 1;
    read->bss_load_stations = (uint16_t)(value[0] | value[1] << 8);
    read->bss_load_utilization = value[2];
}

struct stated_channels {
    uint8_t ds, ht; // 0 = none of the table
};

// Takes the first sound occurrence of each element. `there` of its `size` bytes were captured.
static void take_element(struct radio_frame *read, struct stated_channels *channels, uint8_t id, uint8_t size,
                         const uint8_t *value, uint32_t there)
{
    // Exactly one byte: the element cannot be extended, so another length is another mistake.
    if (id == ELEMENT_DS_PARAMETER_SET && size == 1 && there == 1 && channels->ds == 0) {
        channels->ds = channel_or_none(value[0]);
    } else if (id == ELEMENT_HT_OPERATION && there >= 1 && channels->ht == 0) {
        channels->ht = channel_or_none(value[0]);
    } else if (id == ELEMENT_BSS_LOAD && size == BSS_LOAD_LENGTH && there >= BSS_LOAD_READ && !read->has_bss_load) {
        read_bss_load(read, value);
    }
}

// Walks the elements up to the first that does not fit. Of one that only the capture has cut, the part that is there counts.
static void read_elements(struct radio_frame *read, const uint8_t *elements, uint32_t length, int is_cut)
{
    struct stated_channels channels = {0, 0};
    uint32_t at = 0;
    for (int count = 0; count < RADIO_ELEMENTS_MAX && length - at >= 2; count++) {
        uint8_t size = elements[at + 1];
        uint32_t left = length - at - 2;
        uint32_t there = size < left ? size : left;
        if (there == size || is_cut) {
            take_element(read, &channels, elements[at], size, elements + at + 2, there);
        }
        if (there < size) {
            break;
        }
        at += 2u + size;
    }
    read->stated_channel = channels.ds ? channels.ds : channels.ht;
}

static void read_announcement(struct radio_frame *read, const struct body *body)
{
    uint32_t elements = HEADER_LENGTH + FIXED_FIELDS_LENGTH;
    if (body->bytes[1] & FRAME_CONTROL_ORDER) {
        elements += HT_CONTROL_LENGTH;
    }
    if (body->length < elements) {
        read->kind = RADIO_FRAME_KIND_MALFORMED;
        return;
    }
    read->bssid = radio_bssid_load(body->bytes + BSSID_OFFSET);
    read_elements(read, body->bytes + elements, body->length - elements, body->is_cut);
}

// Leaves the kind OTHER unless the frame must not be looked at.
static void take(struct radio_frame *read, struct body *body, const struct radio_frame_info *info, uint32_t length)
{
    uint32_t claimed = info->on_air_length <= RADIO_FRAME_MAX ? info->on_air_length : 0;
    int has_fcs = (info->flags & RADIO_FRAME_HAS_FCS) != 0;
    if (info->flags & RADIO_FRAME_BAD_FCS) {
        read->kind = RADIO_FRAME_KIND_BAD_FCS;
    } else if (length > RADIO_FRAME_MAX) {
        read->kind = RADIO_FRAME_KIND_MALFORMED;
    } else if (info->flags & RADIO_FRAME_TRUNCATED || claimed > length + (has_fcs ? 0 : FCS_LENGTH)) {
        take_truncated(read, body, length, claimed);
    } else {
        take_complete(read, body, length, has_fcs);
    }
}

void radio_frame_read(struct radio_frame *read, const struct radio_frame_info *info, const uint8_t *frame,
                      uint32_t length)
{
    struct body body = {frame, length, 0};
    memset(read, 0, sizeof *read);
    read->kind = RADIO_FRAME_KIND_OTHER;
    take(read, &body, info, length);
    if (read->kind != RADIO_FRAME_KIND_OTHER) {
        return;
    }
    read->kind = kind_of(&body);
    if (read->kind == RADIO_FRAME_KIND_BEACON || read->kind == RADIO_FRAME_KIND_PROBE_RESPONSE) {
        read_announcement(read, &body);
    }
}
