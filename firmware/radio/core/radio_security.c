#include "radio_security.h"

#include "radio_core.h"

enum {
    CAPABILITY_PRIVACY = 0x10, // 9.4.1.4
    SELECTOR_LENGTH = 4,       // OUI and type
    WPA_TYPE_LENGTH = 4,
    LIST_OFFSET = 6, // behind version and group cipher
    COUNT_LENGTH = 2,
};

#define SUITE(n) (UINT32_C(1) << (n))

// Table 9-151 and its successors; FT and SHA-256 variants belong to their kind.
static const uint32_t suites_802_1x = SUITE(1) | SUITE(3) | SUITE(5);
static const uint32_t suites_psk = SUITE(2) | SUITE(4) | SUITE(6);
static const uint32_t suites_sae = SUITE(8) | SUITE(9) | SUITE(24) | SUITE(25);
static const uint32_t suites_192_bit = SUITE(12) | SUITE(13);
static const uint32_t suites_owe = SUITE(18);

static uint32_t get16(const uint8_t *p)
{
    return p[0] | (uint32_t)p[1] << 8;
}

// Where the list behind the list at `at` starts; `length` when it is not there.
static uint32_t behind_list(const uint8_t *value, uint32_t length, uint32_t at)
{
    if (length < at + COUNT_LENGTH) {
        return length;
    }
    uint32_t end = at + COUNT_LENGTH + SELECTOR_LENGTH * get16(value + at);
    return end < length ? end : length;
}

// The suites of the list at `at` that have this OUI, as far as the element reaches.
static uint32_t suites_of_list(const uint8_t *value, uint32_t length, uint32_t at, const uint8_t oui[3])
{
    uint32_t suites = 0;
    uint32_t end = behind_list(value, length, at);
    for (at += COUNT_LENGTH; at + SELECTOR_LENGTH <= end; at += SELECTOR_LENGTH) {
        const uint8_t *selector = value + at;
        if (selector[0] == oui[0] && selector[1] == oui[1] && selector[2] == oui[2] && selector[3] < 32) {
            suites |= SUITE(selector[3]);
        }
    }
    return suites;
}

void radio_security_take_rsn(struct radio_security *security, const uint8_t *value, uint32_t length)
{
    static const uint8_t oui[3] = {0x00, 0x0F, 0xAC};
    if (!security->has_rsn) {
        security->has_rsn = 1;
        security->rsn_suites = suites_of_list(value, length, behind_list(value, length, LIST_OFFSET), oui);
    }
}

void radio_security_take_vendor(struct radio_security *security, const uint8_t *value, uint32_t length)
{
    static const uint8_t oui[3] = {0x00, 0x50, 0xF2};
    if (security->has_wpa || length < WPA_TYPE_LENGTH || value[0] != oui[0] || value[1] != oui[1] || value[2] != oui[2] ||
        value[3] != 1) {
        return;
    }
    value += WPA_TYPE_LENGTH;
    length -= WPA_TYPE_LENGTH;
    security->has_wpa = 1;
    security->wpa_suites = suites_of_list(value, length, behind_list(value, length, LIST_OFFSET), oui);
}

static uint8_t auth_of_rsn(uint32_t suites, int has_wpa)
{
    if (suites & suites_sae) {
        return suites & suites_psk ? RADIO_AUTH_WPA2_WPA3_PSK : RADIO_AUTH_WPA3_PSK;
    }
    if (suites & suites_psk) {
        return has_wpa ? RADIO_AUTH_WPA_WPA2_PSK : RADIO_AUTH_WPA2_PSK;
    }
    if (suites & suites_192_bit) {
        return RADIO_AUTH_WPA3_ENTERPRISE_192;
    }
    if (suites & suites_802_1x) {
        return RADIO_AUTH_ENTERPRISE;
    }
    return suites & suites_owe ? RADIO_AUTH_OWE : RADIO_U8_UNKNOWN;
}

static uint8_t auth_of_wpa(uint32_t suites)
{
    if (suites & SUITE(2)) {
        return RADIO_AUTH_WPA_PSK;
    }
    return suites & SUITE(1) ? RADIO_AUTH_WPA_ENTERPRISE : RADIO_U8_UNKNOWN;
}

uint8_t radio_security_auth(const struct radio_security *security, uint16_t capabilities)
{
    if (security->has_rsn) {
        return auth_of_rsn(security->rsn_suites, security->has_wpa);
    }
    if (security->has_wpa) {
        return auth_of_wpa(security->wpa_suites);
    }
    return capabilities & CAPABILITY_PRIVACY ? RADIO_AUTH_WEP : RADIO_AUTH_OPEN;
}
