// How stations authenticate to an AP: from its RSN element (IEEE 802.11-2020, 9.4.2.24), the older WPA element and the
// Privacy bit, in the numbers of the IDF's wifi_auth_mode_t.
#ifndef RADIO_SECURITY_H
#define RADIO_SECURITY_H

#include <stdint.h>

enum radio_auth {
    RADIO_AUTH_OPEN = 0,
    RADIO_AUTH_WEP = 1,
    RADIO_AUTH_WPA_PSK = 2,
    RADIO_AUTH_WPA2_PSK = 3,
    RADIO_AUTH_WPA_WPA2_PSK = 4,
    RADIO_AUTH_ENTERPRISE = 5, // WPA2 or later
    RADIO_AUTH_WPA3_PSK = 6,
    RADIO_AUTH_WPA2_WPA3_PSK = 7,
    RADIO_AUTH_OWE = 9,
    RADIO_AUTH_WPA3_ENTERPRISE_192 = 10,
    RADIO_AUTH_WPA_ENTERPRISE = 16,
};

// Bit n = authentication and key management suite n is offered. Zeros = nothing taken yet.
struct radio_security {
    uint32_t rsn_suites;
    uint32_t wpa_suites;
    uint8_t has_rsn, has_wpa;
};

void radio_security_take_rsn(struct radio_security *security, const uint8_t *value, uint32_t length);

// Takes the WPA element; another vendor's is passed over.
void radio_security_take_vendor(struct radio_security *security, const uint8_t *value, uint32_t length);

// A radio_auth, or RADIO_U8_UNKNOWN for suites that have no number there.
uint8_t radio_security_auth(const struct radio_security *security, uint16_t capabilities);

#endif
