// Elements: IEEE 802.11-2020, 9.4.2, and 802.11ax-2021. The first sound occurrence of each counts.
#include "radio_elements.h"

#include "radio_channel.h"
#include "radio_security.h"

enum {
    ELEMENT_RATES = 1,
    ELEMENT_DS_PARAMETER_SET = 3,
    ELEMENT_BSS_LOAD = 11,
    ELEMENT_HT_CAPABILITIES = 45,
    ELEMENT_RSN = 48,
    ELEMENT_EXTENDED_RATES = 50,
    ELEMENT_HT_OPERATION = 61,
    ELEMENT_VHT_CAPABILITIES = 191,
    ELEMENT_VHT_OPERATION = 192,
    ELEMENT_VENDOR = 221,
    ELEMENT_EXTENSION = 255,
    EXTENSION_HE_CAPABILITIES = 35,

    BSS_LOAD_LENGTH = 5,
    BSS_LOAD_READ = 3,      // station count and utilisation; admission capacity is not read
    HT_OPERATION_READ = 2,  // primary channel, and where the second one is
    VHT_OPERATION_READ = 3, // width and two centre channels
};

// Bits of the PHY, as the IDF numbers them.
enum {
    PHY_11B = 1,
    PHY_11G = 2,
    PHY_11N = 4,
    PHY_11A = 16,
    PHY_11AC = 32,
    PHY_11AX = 64,
};

// What the walk has found; 0 = not yet.
struct found {
    uint8_t ds_channel, ht_channel; // of the table
    uint8_t has_ht_operation, has_vht_operation;
    uint8_t second;     // as in the record
    uint8_t has_40_mhz; // HT Operation: any width is allowed
    uint8_t vht_mhz;
    uint8_t has_cck_rates, has_ofdm_rates;
    uint8_t phy;
    struct radio_security security;
};

static uint8_t channel_or_none(uint8_t stated)
{
    return radio_channel_index(stated) >= 0 ? stated : 0;
}

static void take_bss_load(struct radio_frame *read, const uint8_t *value)
{
    read->has_bss_load = 1;
    read->bss_load_stations = (uint16_t)(value[0] | value[1] << 8);
    read->bss_load_utilization = value[2];
}

// Rates in 500 kb/s; the top bit says that a rate is basic.
static void take_rates(struct found *found, const uint8_t *rates, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        switch (rates[i] & 0x7F) {
        case 2:
        case 4:
        case 11:
        case 22:
            found->has_cck_rates = 1;
            break;
        case 12:
        case 18:
        case 24:
        case 36:
        case 48:
        case 72:
        case 96:
        case 108:
            found->has_ofdm_rates = 1;
            break;
        default: // a selector (HT only, SAE by hash-to-element …)
            break;
        }
    }
}

// 9.4.2.56: the second channel of 40 MHz lies above (1) or below (3); the IDF and the record say 1 and 2.
static void take_ht_operation(struct found *found, const uint8_t *value)
{
    uint8_t offset = value[1] & 3;
    found->has_ht_operation = 1;
    found->has_40_mhz = (value[1] & 4) != 0;
    found->second = offset == 1 ? 1 : offset == 3 ? 2 : 0;
}

// 9.4.2.158: width 0 leaves it to HT, 1 is 80 MHz or more, 2 and 3 (deprecated) are 160 and 80+80. With a second centre, 1 is
// 160 or 80+80 as well.
static void take_vht_operation(struct found *found, const uint8_t *value)
{
    found->has_vht_operation = 1;
    if (value[0] != 0) {
        found->vht_mhz = value[0] == 1 && value[2] == 0 ? 80 : 160;
    }
}

// Takes an element of which `there` of its `size` bytes were captured.
static void take_element(struct radio_frame *read, struct found *found, uint8_t id, uint8_t size, const uint8_t *value,
                         uint32_t there)
{
    switch (id) {
    case ELEMENT_RATES:
    case ELEMENT_EXTENDED_RATES:
        take_rates(found, value, there);
        break;
    case ELEMENT_DS_PARAMETER_SET:
        // Exactly one byte: the element cannot be extended, so another length is another mistake.
        if (size == 1 && there == 1 && found->ds_channel == 0) {
            found->ds_channel = channel_or_none(value[0]);
        }
        break;
    case ELEMENT_BSS_LOAD:
        if (size == BSS_LOAD_LENGTH && there >= BSS_LOAD_READ && !read->has_bss_load) {
            take_bss_load(read, value);
        }
        break;
    case ELEMENT_HT_CAPABILITIES:
        found->phy |= PHY_11N;
        break;
    case ELEMENT_RSN:
        radio_security_take_rsn(&found->security, value, there);
        break;
    case ELEMENT_HT_OPERATION:
        if (there >= 1 && found->ht_channel == 0) {
            found->ht_channel = channel_or_none(value[0]);
        }
        if (there >= HT_OPERATION_READ && !found->has_ht_operation) {
            take_ht_operation(found, value);
        }
        break;
    case ELEMENT_VHT_CAPABILITIES:
        found->phy |= PHY_11AC;
        break;
    case ELEMENT_VHT_OPERATION:
        if (there >= VHT_OPERATION_READ && !found->has_vht_operation) {
            take_vht_operation(found, value);
        }
        break;
    case ELEMENT_VENDOR:
        radio_security_take_vendor(&found->security, value, there);
        break;
    case ELEMENT_EXTENSION:
        if (there >= 1 && value[0] == EXTENSION_HE_CAPABILITIES) {
            found->phy |= PHY_11AX;
        }
        break;
    default:
        break;
    }
}

// Walks the elements up to the first that does not fit. Of one that only the capture has cut, the part that is there counts.
// Returns whether all were walked.
static int walk(struct radio_frame *read, struct found *found, const uint8_t *elements, uint32_t length, int is_cut)
{
    uint32_t at = 0;
    for (int count = 0; count < RADIO_ELEMENTS_MAX && length - at >= 2; count++) {
        uint8_t size = elements[at + 1];
        uint32_t left = length - at - 2;
        uint32_t there = size < left ? size : left;
        if (there == size || is_cut) {
            take_element(read, found, elements[at], size, elements + at + 2, there);
        }
        if (there < size) {
            return 0;
        }
        at += 2u + size;
    }
    return at == length && !is_cut;
}

static uint8_t phy_of(const struct found *found, int is_2g)
{
    uint8_t phy = found->phy;
    if (found->has_cck_rates) {
        phy |= PHY_11B;
    }
    if (found->has_ofdm_rates) {
        phy |= is_2g ? PHY_11G : PHY_11A;
    }
    return phy != 0 ? phy : RADIO_U8_UNKNOWN;
}

static uint8_t bandwidth_of(const struct found *found)
{
    if (found->vht_mhz != 0) {
        return found->vht_mhz;
    }
    return found->has_40_mhz && found->second != 0 ? 40 : 20;
}

// What an element states is so. What none states is so only when all of them were read.
static void take_traits(struct radio_ap_traits *traits, const struct found *found, int is_whole, int is_2g,
                        uint16_t capabilities)
{
    traits->second = found->has_ht_operation || is_whole ? found->second : RADIO_U8_UNKNOWN;
    traits->phy = is_whole ? phy_of(found, is_2g) : RADIO_U8_UNKNOWN;
    traits->bandwidth_mhz = is_whole ? bandwidth_of(found) : RADIO_U8_UNKNOWN;
    traits->auth = is_whole ? radio_security_auth(&found->security, capabilities) : RADIO_U8_UNKNOWN;
}

void radio_elements_read(struct radio_frame *read, const uint8_t *elements, uint32_t length, int is_cut,
                         uint16_t capabilities)
{
    struct found found = {0};
    int is_whole = walk(read, &found, elements, length, is_cut);
    read->stated_channel = found.ds_channel ? found.ds_channel : found.ht_channel;
    take_traits(&read->traits, &found, is_whole, read->stated_channel <= RADIO_CHANNELS_2G, capabilities);
}
