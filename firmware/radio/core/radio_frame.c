// A frame's bytes are read here and in radio_elements.c, radio_security.c and radio_crc32.c, nowhere else.
#include "radio_frame.h"

#include <string.h>

#include "radio_bssid.h"
#include "radio_crc32.h"
#include "radio_elements.h"

enum {
    FRAME_CONTROL_BEACON = 0x80,
    FRAME_CONTROL_PROBE_RESPONSE = 0x50,
    FRAME_CONTROL_VERSION_MASK = 0x03,
    FRAME_CONTROL_TYPE_MASK = 0x0C,
    FRAME_CONTROL_TYPE_CONTROL = 0x04,
    FRAME_CONTROL_TYPE_DATA = 0x08,
    FRAME_CONTROL_ACTION_NO_ACK = 0xE0,
    FRAME_CONTROL_ACK = 0xD4,
    FRAME_CONTROL_BLOCK_ACK = 0x94,
    FRAME_CONTROL_QOS = 0x80,  // of data
    FRAME_CONTROL_BOTH_DS = 3, // second byte; a fourth address follows
    FRAME_CONTROL_ORDER = 0x80, // second byte; +HTC: the HT Control field follows the header

    CONTROL_LENGTH_MIN = 10, // Ack, CTS
    HEADER_LENGTH = 24,
    HT_CONTROL_LENGTH = 4,
    FIXED_FIELDS_LENGTH = 12, // time stamp, beacon interval, capabilities
    BSSID_OFFSET = 16,
    FCS_LENGTH = 4,
    RECEIVER_OFFSET = 4,
    ADDRESS_LENGTH = 6,
    CAPABILITIES_OFFSET = 34,
    QOS_ACK_POLICY = 0x60, // 0 = Ack, or in an A-MPDU BlockAck
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

// Of a truncated frame nothing can be checked; what was captured of its FCS is cut off, if it says where that is.
static void take_truncated(struct radio_frame *read, struct body *body, uint32_t length, uint32_t claimed)
{
    read->on_air_length = claimed > length ? claimed : length;
    body->is_cut = 1;
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

// IEEE 802.11-2020, 10.3.2.11: data and management frames to one receiver are acknowledged, unless they say otherwise.
static uint8_t calls_for_response(const struct body *body)
{
    const uint8_t *frame = body->bytes;
    uint8_t type = frame[0] & FRAME_CONTROL_TYPE_MASK;
    if (frame[RECEIVER_OFFSET] & 1 || frame[0] == FRAME_CONTROL_ACTION_NO_ACK) {
        return 0;
    }
    if (type != FRAME_CONTROL_TYPE_DATA || !(frame[0] & FRAME_CONTROL_QOS)) {
        return type == 0 || type == FRAME_CONTROL_TYPE_DATA;
    }
    uint32_t qos = HEADER_LENGTH;
    if ((frame[1] & FRAME_CONTROL_BOTH_DS) == FRAME_CONTROL_BOTH_DS) {
        qos += ADDRESS_LENGTH;
    }
    return qos < body->length && (frame[qos] & QOS_ACK_POLICY) == 0;
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
    uint16_t capabilities = (uint16_t)(body->bytes[CAPABILITIES_OFFSET] | body->bytes[CAPABILITIES_OFFSET + 1] << 8);
    radio_elements_read(read, body->bytes + elements, body->length - elements, body->is_cut, capabilities);
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
    if (read->kind == RADIO_FRAME_KIND_MALFORMED) {
        return;
    }
    read->is_response = body.bytes[0] == FRAME_CONTROL_ACK || body.bytes[0] == FRAME_CONTROL_BLOCK_ACK;
    read->calls_for_response = calls_for_response(&body);
    if (read->kind == RADIO_FRAME_KIND_BEACON || read->kind == RADIO_FRAME_KIND_PROBE_RESPONSE) {
        read_announcement(read, &body);
    }
}
