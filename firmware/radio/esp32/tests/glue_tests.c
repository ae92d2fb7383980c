// The glue of one chip over stand-ins of the IDF: from the driver's callbacks and events to the records of the native assembly.
#include <string.h>

#include "check.h"
#include "dwell.h"
#include "harness.h"
#include "idf.h"
#include "radio_native.h"
#include "radio_port.h"
#include "receiver.h"
#include "rx.h"
#include "rx_ampdu.h"
#include "rx_info.h"

enum { HOME = 6, FOREIGN = 11, DWELL_MS = 120 };

static struct frame frame;
static uint8_t record[RADIO_LINK_RECORD];
static uint8_t channels[RADIO_CHANNELS * RADIO_CHANNEL_RECORD];

static void pass_ms(int milliseconds)
{
    idf.now_us += milliseconds * INT64_C(1000);
}

// A chip that has just started Wi-Fi, and has no link yet. What the glue holds outlives a test, as it does a restart of Wi-Fi.
static void begin(void)
{
    radio_port_core();
    idf_stop();
    idf_reset();
    receiver_init();
    idf_start();
}

static void begin_connected(void)
{
    begin();
    idf_connect(HOME);
    radio_native_take_channels(channels, sizeof channels);
}

static struct channel_record take(uint8_t channel)
{
    struct channel_record none = {0};
    int count = radio_native_take_channels(channels, sizeof channels);
    for (int i = 0; i < count; i++) {
        if (channels[i * RADIO_CHANNEL_RECORD] == channel) {
            return harness_decode_channel(channels + i * RADIO_CHANNEL_RECORD);
        }
    }
    return none;
}

static void receive_beacon(uint32_t ap, uint8_t stated, uint8_t tuned)
{
    wifi_pkt_rx_ctrl_t rx = rx_dsss(tuned);
    frame_beacon(&frame, ap, stated);
    idf_receive(&rx, WIFI_PKT_MGMT, frame.bytes, frame.length);
}

// --- Starting --------------------------------------------------------------------------------------------------------

// The first of all: only once does the glue find a chip that it has not followed from the start.
static void comes_late(void)
{
    idf_reset();
    idf.lacks_event_loop = 1;
    idf.is_initialised = idf.is_started = 1;
    idf.ap.primary = HOME;
    radio_port_core();
    CHECK_EQUAL(0, idf.is_promiscuous);
    CHECK_EQUAL(RADIO_NOT_CONNECTED, radio_native_begin_dwell(FOREIGN, DWELL_MS));
    idf.lacks_event_loop = 0;
    radio_port_core();
    CHECK_EQUAL(1, idf.is_promiscuous);
    CHECK_EQUAL(RADIO_OK, radio_native_begin_dwell(FOREIGN, DWELL_MS));
    CHECK_EQUAL(0, idf.driver_calls_in_critical_section);
}

static void capabilities(void)
{
    begin();
    idf.chip = CHIP_ESP32C3;
    CHECK_EQUAL(RADIO_BUFFER_TOO_SMALL, radio_native_get_caps(record, RADIO_CAPS_RECORD - 1));
    CHECK_EQUAL(RADIO_CAPS_RECORD, radio_native_get_caps(record, sizeof record));
    CHECK_EQUAL(1, record[0] | record[1] << 8);
    CHECK_EQUAL(CHIP_ESP32C3, record[2]);
    CHECK_EQUAL(ESP_WIFI_MAX_CONN_NUM, record[3]);
    CHECK_EQUAL(0x3FFE, record[8] | record[9] << 8); // 1–13
#if CONFIG_SOC_WIFI_SUPPORT_5G
    CHECK_EQUAL(127, record[4]);
    CHECK_EQUAL(0x1F, record[15]);
    idf.country.wifi_5g_channel_mask = 0xFE;
    radio_native_get_caps(record, sizeof record);
    CHECK_EQUAL(0x1F, record[15]); // with the policy "auto" the driver passes over it
    idf.country.policy = WIFI_COUNTRY_POLICY_MANUAL;
    radio_native_get_caps(record, sizeof record);
    CHECK_EQUAL(0xFE, record[12]);
    CHECK_EQUAL(0, record[15]);
#else
    CHECK_EQUAL(127 - RADIO_CAN_5G, record[4]);
    CHECK_EQUAL(0, record[12]);
#endif
    idf.country.nchan = 0; // nonsense: a survey must have some channel
    radio_native_get_caps(record, sizeof record);
    CHECK_EQUAL(0x0FFE, record[8] | record[9] << 8);
    idf.country.schan = 0;
    idf.country.nchan = 255;
    radio_native_get_caps(record, sizeof record);
    CHECK_EQUAL(0x7FFE, record[8] | record[9] << 8);
    idf_stop();
    radio_native_get_caps(record, sizeof record);
    CHECK_EQUAL(0x0FFE, record[8] | record[9] << 8);
#if CONFIG_SOC_WIFI_SUPPORT_5G
    CHECK_EQUAL(0x1F, record[15]);
#endif
}

static void restarts(void)
{
    begin_connected();
    for (int i = 0; i < 3; i++) {
        idf_stop();
        CHECK_EQUAL(0, idf.is_promiscuous);
        idf_start();
        CHECK_EQUAL(1, idf.is_promiscuous);
        CHECK_EQUAL(WIFI_PROMIS_FILTER_MASK_MGMT | WIFI_PROMIS_FILTER_MASK_DATA, idf.filter);
        CHECK_EQUAL(WIFI_PS_NONE, idf.ps);
        receive_beacon(1, HOME, HOME);
        CHECK_EQUAL(1, take(HOME).beacons);
    }
}

static void arming_fails(void)
{
    begin();
    idf_stop();
    idf.promiscuous_error = ESP_FAIL;
    idf_start();
    idf_connect(HOME);
    pass_ms(1000);
    CHECK_EQUAL(0, take(HOME).dwell_us); // nobody listened
    CHECK_EQUAL(RADIO_BUSY, radio_native_begin_dwell(FOREIGN, DWELL_MS)); // nor would somebody there
    pass_ms(1000);
    CHECK_EQUAL(0, take(FOREIGN).dwell_us);
    CHECK_EQUAL(0, idf.scans);
    idf.promiscuous_error = ESP_OK;
    radio_native_get_link(record, sizeof record);
    CHECK_EQUAL(1, idf.is_promiscuous);
    pass_ms(1000);
    CHECK_EQUAL(1000000, take(HOME).dwell_us);
}

static void power_save_stays_on(void)
{
    begin();
    idf_stop();
    idf.ps_error = ESP_FAIL;
    idf_start();
    idf_connect(HOME);
    pass_ms(1000);
    CHECK_EQUAL(1, idf.is_promiscuous);
    CHECK_EQUAL(0, take(HOME).dwell_us);
}

// --- Frames ----------------------------------------------------------------------------------------------------------

static void beacon_to_record(void)
{
    begin_connected();
    frame_beacon(&frame, 7, HOME);
    frame_bss_load(&frame, 3, 128);
    wifi_pkt_rx_ctrl_t rx = rx_dsss(HOME);
    idf_receive(&rx, WIFI_PKT_MGMT, frame.bytes, frame.length);
    CHECK_EQUAL(1, harness_nothing_lost(receiver_core()));
    struct channel_record heard = take(HOME);
    CHECK_EQUAL(1, heard.beacons);
    CHECK_EQUAL(1, heard.ap_count);
    CHECK_EQUAL(-60, heard.rssi_max);
    CHECK_EQUAL(-95, heard.noise);
    CHECK_EQUAL(frame.length + 4, heard.bytes);
    CHECK_EQUAL(192 + 8 * (frame.length + 4), heard.airtime_us);
    CHECK_EQUAL(128, heard.bss_load_max);
    CHECK_EQUAL(3, heard.stations_max);
}

static void info_of(const wifi_pkt_rx_ctrl_t *rx, struct rx_frame *read)
{
    static _Alignas(wifi_promiscuous_pkt_t) uint8_t buffer[sizeof(wifi_promiscuous_pkt_t) + 64];
    wifi_promiscuous_pkt_t *packet = (void *)buffer;
    packet->rx_ctrl = *rx;
    packet->rx_ctrl.sig_len = 40;
    rx_info_read(read, packet);
}

static void rates(void)
{
    static const unsigned ofdm[][2] = {
        {0x0B, 60}, {0x0F, 90}, {0x0A, 120}, {0x0E, 180}, {0x09, 240}, {0x0D, 360}, {0x08, 480}, {0x0C, 540},
    };
    struct rx_frame read;
    for (unsigned i = 0; i < sizeof ofdm / sizeof *ofdm; i++) {
        wifi_pkt_rx_ctrl_t rx = rx_ofdm(HOME, ofdm[i][0]);
        info_of(&rx, &read);
        CHECK_EQUAL(RADIO_PHY_OFDM, read.info.phy);
        CHECK_EQUAL(ofdm[i][1], read.info.rate_100kbps);
    }
    struct radio_frame_info info = {0};
    rx_info_set_rate(&info, 6);
    CHECK_EQUAL(RADIO_PHY_DSSS, info.phy);
    CHECK_EQUAL(55, info.rate_100kbps);
    CHECK_EQUAL(RADIO_FRAME_SHORT_PREAMBLE, info.flags);
    memset(&info, 0, sizeof info);
    rx_info_set_rate(&info, 4); // 1 Mb/s has no short preamble
    rx_info_set_rate(&info, 0x29); // long range
    CHECK_EQUAL(RADIO_PHY_UNKNOWN, info.phy);
}

static void ht(void)
{
    const struct rx_ht ht = {.mcs = 15, .is_40mhz = 1, .stbc = 1, .is_aggregated = 1, .is_ldpc = 1, .is_short_gi = 1};
    wifi_pkt_rx_ctrl_t rx = rx_ht(HOME, &ht);
    struct rx_frame read;
    info_of(&rx, &read);
    CHECK_EQUAL(RADIO_PHY_HT, read.info.phy);
    CHECK_EQUAL(15, read.info.mcs);
    CHECK_EQUAL(40, read.info.bandwidth_mhz);
    CHECK_EQUAL(1, read.info.stbc);
    CHECK_EQUAL(RADIO_FRAME_SHORT_GI | RADIO_FRAME_LDPC | RADIO_FRAME_AMPDU | RADIO_FRAME_TRUNCATED, read.info.flags);
    CHECK_EQUAL(1, read.is_aggregated);
}

#if CONFIG_SOC_WIFI_HE_SUPPORT

static void read_format(unsigned format, uint32_t sig1, uint16_t sig2, struct rx_frame *read)
{
    wifi_pkt_rx_ctrl_t rx = rx_dsss(HOME);
    rx.cur_bb_format = format & 15u;
    rx.he_siga1 = sig1;
    rx.he_siga2 = sig2;
    info_of(&rx, read);
}

static void he(void)
{
    struct rx_frame read;
    // MCS 9, 40 MHz, 2x LTF with 1.6 µs, two space-time streams; LDPC
    read_format(RX_BB_FORMAT_HE_SU, 1u | 9u << 3 | 1u << 19 | 2u << 21 | 1u << 23, 1u << 7, &read);
    CHECK_EQUAL(RADIO_PHY_HE_SU, read.info.phy);
    CHECK_EQUAL(9, read.info.mcs);
    CHECK_EQUAL(40, read.info.bandwidth_mhz);
    CHECK_EQUAL(16, read.info.he_guard_interval);
    CHECK_EQUAL(2, read.info.he_ltf);
    CHECK_EQUAL(2, read.info.streams);
    CHECK_EQUAL(0, read.info.stbc);
    CHECK_EQUAL(RADIO_FRAME_LDPC | RADIO_FRAME_TRUNCATED, read.info.flags);
    // The same with STBC: one stream, sent as two.
    read_format(RX_BB_FORMAT_HE_SU, 1u | 9u << 3 | 1u << 23, 1u << 9, &read);
    CHECK_EQUAL(1, read.info.streams);
    CHECK_EQUAL(1, read.info.stbc);
    // DCM and STBC with 4x LTF: neither, and 0.8 µs.
    read_format(RX_BB_FORMAT_HE_SU, 1u | 1u << 7 | 3u << 21, 1u << 9, &read);
    CHECK_EQUAL(8, read.info.he_guard_interval);
    CHECK_EQUAL(4, read.info.he_ltf);
    CHECK_EQUAL(1, read.info.streams);
    CHECK_EQUAL(RADIO_FRAME_TRUNCATED, read.info.flags);
    // Doppler: bit 25 belongs to the midambles.
    read_format(RX_BB_FORMAT_HE_SU, 1u | 4u << 23, 1u << 15, &read);
    CHECK_EQUAL(1, read.info.streams);
    // Extended range on the upper 106 tones, with DCM
    read_format(RX_BB_FORMAT_HE_ERSU, 1u | 1u << 7 | 1u << 19, 0, &read);
    CHECK_EQUAL(RADIO_PHY_HE_ER, read.info.phy);
    CHECK_EQUAL(20, read.info.bandwidth_mhz);
    CHECK_EQUAL(106, read.info.resource_unit);
    CHECK_EQUAL(RADIO_FRAME_DCM | RADIO_FRAME_TRUNCATED, read.info.flags);
    read_format(RX_BB_FORMAT_HE_MU, 0, 0, &read);
    CHECK_EQUAL(RADIO_PHY_UNKNOWN, read.info.phy);
    read_format(RX_BB_FORMAT_HE_TB, 0, 0, &read);
    CHECK_EQUAL(RADIO_PHY_UNKNOWN, read.info.phy);
}

static void vht(void)
{
    struct rx_frame read;
    // 80 MHz, one user, two streams, MCS 8, short guard interval, LDPC with its extra symbol
    read_format(RX_BB_FORMAT_VHT, 2u | 63u << 4 | 1u << 10 | 1u << 24 | 1u << 26 | 1u << 27 | 8u << 28, 0, &read);
    CHECK_EQUAL(RADIO_PHY_VHT, read.info.phy);
    CHECK_EQUAL(80, read.info.bandwidth_mhz);
    CHECK_EQUAL(2, read.info.streams);
    CHECK_EQUAL(8, read.info.mcs);
    CHECK_EQUAL(RADIO_FRAME_SHORT_GI | RADIO_FRAME_LDPC | RADIO_FRAME_EXTRA_SYMBOL | RADIO_FRAME_TRUNCATED, read.info.flags);
    read_format(RX_BB_FORMAT_VHT, 5u << 4, 0, &read); // several users
    CHECK_EQUAL(RADIO_PHY_UNKNOWN, read.info.phy);
}

#endif

static void receive_data(const wifi_pkt_rx_ctrl_t *rx, uint32_t ap)
{
    static uint8_t payload[1400];
    frame_qos_data(&frame, ap, 0);
    frame.bytes[15] = (uint8_t)ap; // the transmitter too
    frame_append(&frame, payload, sizeof payload);
    idf_receive(rx, WIFI_PKT_DATA, frame.bytes, frame.length);
}

// MCS 7, 20 MHz: 36 + 6 µs of preamble and extension are each PPDU's own.
static void aggregates(void)
{
    begin_connected();
    struct rx_ht ht = {.mcs = 7, .is_aggregated = 1, .time_us = 1000};
    wifi_pkt_rx_ctrl_t rx = rx_ht(HOME, &ht);
    receive_data(&rx, 1);
    uint32_t alone = take(HOME).airtime_us;
    rx.timestamp += 200;
    receive_data(&rx, 1);
    CHECK(take(HOME).airtime_us + 42 <= alone); // no preamble and no acknowledgement of its own
    rx.timestamp += RX_AMPDU_MAX_US;
    receive_data(&rx, 1);
    CHECK_EQUAL(alone, take(HOME).airtime_us); // later than any PPDU is long
    receive_data(&rx, 2);
    CHECK_EQUAL(alone, take(HOME).airtime_us); // another transmitter
}

static void only_headers_of_data(void)
{
    struct rx_frame read = {0};
    static uint8_t data[100] = {FRAME_QOS_DATA};
    rx_info_set_payload(&read, data, 104, 100);
    CHECK_EQUAL(RX_HEADER_MAX, read.length);
    CHECK_EQUAL(104, read.info.on_air_length);
    rx_info_set_payload(&read, data, 104, 20); // the driver copied less
    CHECK_EQUAL(20, read.length);
    data[0] = FRAME_BEACON;
    rx_info_set_payload(&read, data, 104, 100);
    CHECK_EQUAL(100, read.length);
    rx_info_set_payload(&read, data, 3, 0);
    CHECK_EQUAL(0, read.length);
}

static void bad_and_foreign_kinds(void)
{
    begin_connected();
    wifi_pkt_rx_ctrl_t rx = rx_dsss(HOME);
    frame_beacon(&frame, 1, HOME);
    idf_receive(&rx, WIFI_PKT_MISC, frame.bytes, 0);
    idf_receive(&rx, WIFI_PKT_CTRL, frame.bytes, frame.length);
    CHECK_EQUAL(0, harness_totals(receiver_core()).frames);
    rx.rx_state = 1;
    idf_receive(&rx, WIFI_PKT_MGMT, frame.bytes, frame.length);
    CHECK_EQUAL(1, harness_totals(receiver_core()).fcs_errors);
}

// --- Dwell -----------------------------------------------------------------------------------------------------------

static void dwell_to_record(void)
{
    begin_connected();
    pass_ms(1000);
    CHECK_EQUAL(RADIO_OK, radio_native_begin_dwell(FOREIGN, DWELL_MS));
    CHECK_EQUAL(FOREIGN, idf.scan.channel);
    CHECK_EQUAL(WIFI_SCAN_TYPE_PASSIVE, idf.scan.scan_type);
    CHECK_EQUAL(DWELL_MS, idf.scan.scan_time.passive);
    receive_beacon(2, FOREIGN, FOREIGN);
    pass_ms(DWELL_MS + 10);
    idf_end_scan(0);
    CHECK_EQUAL(1, idf.lists_cleared);
    pass_ms(870);
    int count = radio_native_take_channels(channels, sizeof channels);
    CHECK_EQUAL(2, count);
    struct channel_record home = harness_decode_channel(channels);
    struct channel_record foreign = harness_decode_channel(channels + RADIO_CHANNEL_RECORD);
    CHECK_EQUAL(1880000, home.dwell_us); // with the 10 ms of the ways there and back
    CHECK_EQUAL(DWELL_MS * 1000, foreign.dwell_us);
    CHECK_EQUAL(1, foreign.beacons);
    CHECK_EQUAL(0, idf.driver_calls_in_critical_section);
}

static void no_second_dwell(void)
{
    begin_connected();
    CHECK_EQUAL(RADIO_OK, radio_native_begin_dwell(FOREIGN, DWELL_MS));
    CHECK_EQUAL(RADIO_BUSY, radio_native_begin_dwell(1, DWELL_MS));
    pass_ms(DWELL_MS);
    idf_end_scan(0);
    CHECK_EQUAL(RADIO_OK, radio_native_begin_dwell(1, DWELL_MS));
    CHECK_EQUAL(2, idf.scans);
    CHECK_EQUAL(0, idf.second_scans);
}

// The runtime's own scan: its results are fetched by others, and end no dwell.
static void others_scan(void)
{
    begin_connected();
    idf_scan_for_the_app();
    CHECK_EQUAL(RADIO_BUSY, radio_native_begin_dwell(FOREIGN, DWELL_MS));
    pass_ms(7000);
    idf_end_scan(0);
    pass_ms(DWELL_MARGIN_MS - 1);
    CHECK_EQUAL(RADIO_BUSY, radio_native_begin_dwell(FOREIGN, DWELL_MS)); // the app is still to fetch them
    CHECK_EQUAL(0, idf.lists_cleared);
    CHECK_EQUAL(0, take(FOREIGN).dwell_us);
    pass_ms(1);
    CHECK_EQUAL(RADIO_OK, radio_native_begin_dwell(FOREIGN, DWELL_MS));
    CHECK_EQUAL(0, idf.second_scans);
}

// The app's scan takes the radio from a dwell, at once or when the dwell's own end is due: it is neither stopped nor robbed.
static void others_cut_in(void)
{
    const int after_ms[] = {40, DWELL_MS + 5};
    for (int i = 0; i < 2; i++) {
        begin_connected();
        radio_native_begin_dwell(FOREIGN, DWELL_MS);
        pass_ms(after_ms[i]);
        idf_scan_for_the_app();
        pass_ms(3000);
        radio_native_get_link(record, sizeof record);
        CHECK_EQUAL(RADIO_BUSY, radio_native_begin_dwell(FOREIGN, DWELL_MS));
        CHECK_EQUAL(1, idf.is_scanning);
        CHECK_EQUAL(0, idf.scan_stops);
        CHECK_EQUAL(0, idf.lists_cleared_in_a_scan);
        CHECK_EQUAL(0, idf.second_scans);
        CHECK_EQUAL((after_ms[i] < DWELL_MS ? after_ms[i] : DWELL_MS) * 1000, take(FOREIGN).dwell_us);
    }
}

static void refusals(void)
{
    begin_connected();
    CHECK_EQUAL(RADIO_UNSUPPORTED, radio_native_begin_dwell(0, DWELL_MS));
    CHECK_EQUAL(RADIO_UNSUPPORTED, radio_native_begin_dwell(178, DWELL_MS));
    CHECK_EQUAL(RADIO_UNSUPPORTED, radio_native_begin_dwell(FOREIGN, DWELL_MIN_MS - 1));
    CHECK_EQUAL(RADIO_UNSUPPORTED, radio_native_begin_dwell(FOREIGN, DWELL_MAX_MS + 1));
    idf.scan_error = ESP_ERR_INVALID_ARG;
    CHECK_EQUAL(-1000 - ESP_ERR_INVALID_ARG, radio_native_begin_dwell(14, DWELL_MS));
    CHECK_EQUAL(0, idf.scans);
    idf.scan_error = ESP_OK;
    CHECK_EQUAL(RADIO_OK, radio_native_begin_dwell(FOREIGN, DWELL_MS));
}

static void reconnect_in_a_dwell(void)
{
    begin_connected();
    int lost = radio_native_get_link(record, sizeof record) > 0 ? record[14] | record[15] << 8 : -1;
    radio_native_begin_dwell(FOREIGN, DWELL_MS);
    pass_ms(50);
    idf_disconnect(WIFI_REASON_BEACON_TIMEOUT);
    CHECK_EQUAL(1, idf.scan_stops);
    CHECK_EQUAL(0, idf.is_scanning);
    pass_ms(100);
    idf_disconnect(WIFI_REASON_NO_AP_FOUND); // an attempt that failed
    CHECK_EQUAL(RADIO_NOT_CONNECTED, radio_native_begin_dwell(FOREIGN, DWELL_MS));
    radio_native_get_link(record, sizeof record);
    CHECK_EQUAL(0, record[0]);
    CHECK_EQUAL(WIFI_REASON_BEACON_TIMEOUT, record[13]);
    CHECK_EQUAL(lost + 1, record[14] | record[15] << 8);
    idf_connect(1);
    CHECK_EQUAL(RADIO_BUSY, radio_native_begin_dwell(FOREIGN, DWELL_MS));
    pass_ms(DWELL_MS + DWELL_MARGIN_MS);
    CHECK_EQUAL(RADIO_OK, radio_native_begin_dwell(FOREIGN, DWELL_MS));
    CHECK_EQUAL(50000, take(FOREIGN).dwell_us);
    CHECK_EQUAL(0, idf.second_scans);
}

static void restart_in_a_dwell(void)
{
    begin_connected();
    radio_native_begin_dwell(FOREIGN, DWELL_MS);
    pass_ms(50);
    idf_stop();
    idf_start();
    idf_connect(HOME);
    CHECK_EQUAL(1, idf.is_promiscuous);
    pass_ms(DWELL_MS + DWELL_MARGIN_MS);
    CHECK_EQUAL(RADIO_OK, radio_native_begin_dwell(FOREIGN, DWELL_MS));
}

static void lost_scan_event(void)
{
    begin_connected();
    radio_native_begin_dwell(FOREIGN, DWELL_MS);
    pass_ms(5000);
    radio_native_get_link(record, sizeof record);
    CHECK_EQUAL(1, idf.scan_stops);
    CHECK_EQUAL(RADIO_OK, radio_native_begin_dwell(1, DWELL_MS));
    CHECK_EQUAL(DWELL_MS * 1000, take(FOREIGN).dwell_us);
}

static void home_moves(void)
{
    begin_connected();
    pass_ms(300);
    wifi_event_home_channel_change_t event = {.old_chan = HOME, .new_chan = 1};
    idf_post(WIFI_EVENT_HOME_CHANNEL_CHANGE, &event);
    pass_ms(200);
    radio_native_take_channels(channels, sizeof channels);
    CHECK_EQUAL(200000, harness_decode_channel(channels).dwell_us);
    CHECK_EQUAL(300000, harness_decode_channel(channels + RADIO_CHANNEL_RECORD).dwell_us);
}

#if CONFIG_SOC_WIFI_SUPPORT_5G

// The receiver says where it was when the frame came, which the dwell's clock knows to some ms only.
static void five_gigahertz(void)
{
    begin_connected();
    wifi_pkt_rx_ctrl_t rx = rx_ofdm(36, 0x0B);
    radio_native_begin_dwell(36, DWELL_MS);
    receive_data(&rx, 1);
    CHECK_EQUAL(1, take(36).frames);
    pass_ms(DWELL_MS);
    receive_data(&rx, 1); // still there
    CHECK_EQUAL(1, take(36).frames);
    idf_end_scan(0);
    rx.channel = 0; // it does not say
    receive_data(&rx, 1);
    CHECK_EQUAL(1, take(HOME).frames);
}

#endif

// --- Link, stations, health, watchdog --------------------------------------------------------------------------------

static uint32_t get32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void link(void)
{
    begin_connected();
    frame_beacon(&frame, 7, HOME);
    frame_bss_load(&frame, 9, 200);
    wifi_pkt_rx_ctrl_t rx = rx_dsss(HOME);
    idf_receive(&rx, WIFI_PKT_MGMT, frame.bytes, frame.length);
    frame_bssid(idf.ap.bssid, 7);
    idf.ap.rssi = -70;
    idf.ap.second = WIFI_SECOND_CHAN_BELOW;
    idf.ap.phy_11b = idf.ap.phy_11g = idf.ap.phy_11n = idf.ap.phy_11ax = 1;
    idf.ap.bandwidth = 2;
    pass_ms(4000);
    CHECK_EQUAL(RADIO_BUFFER_TOO_SMALL, radio_native_get_link(record, RADIO_LINK_RECORD - 1));
    CHECK_EQUAL(RADIO_LINK_RECORD, radio_native_get_link(record, sizeof record));
    CHECK_EQUAL(1, record[0]);
    CHECK_EQUAL(-70, (int8_t)record[1]);
    CHECK_EQUAL(HOME, record[2]);
    CHECK_EQUAL(2, record[3]);
    CHECK_EQUAL(0, memcmp(idf.ap.bssid, record + 4, 6));
    CHECK_EQUAL(1 | 2 | 4 | 64, record[10]);
    CHECK_EQUAL(40, record[11]);
    CHECK_EQUAL(4000, record[16] | record[17] << 8);
    CHECK_EQUAL(9, record[20]);
    CHECK_EQUAL(200, record[22]);
    CHECK_EQUAL(4, record[23]);
    idf.now_us += INT64_C(5000000000000); // 58 days
    radio_native_get_link(record, sizeof record);
    CHECK_EQUAL(UINT32_MAX, get32(record + 16)); // no new link
    idf.beacon_rssi = -55;
    radio_native_get_link(record, sizeof record);
    CHECK_EQUAL(-55, (int8_t)record[1]);
}

static void no_link(void)
{
    begin();
    CHECK_EQUAL(RADIO_LINK_RECORD, radio_native_get_link(record, sizeof record));
    CHECK_EQUAL(0, record[0]);
    CHECK_EQUAL(-128, (int8_t)record[1]);
    CHECK_EQUAL(0xFFFF, record[20] | record[21] << 8);
    CHECK_EQUAL(255, record[22]);
    CHECK_EQUAL(255, record[23]);
}

static void stations(void)
{
    uint8_t records[2 * RADIO_STATION_RECORD];
    begin_connected();
    CHECK_EQUAL(RADIO_UNSUPPORTED, radio_native_get_stations(records, sizeof records));
    idf.mode = WIFI_MODE_APSTA;
    CHECK_EQUAL(0, radio_native_get_stations(records, 0));
    idf.stations.num = 2;
    idf.stations.sta[1].mac[5] = 9;
    idf.stations.sta[1].rssi = -44;
    idf.stations.sta[1].phy_11n = 1;
    CHECK_EQUAL(RADIO_BUFFER_TOO_SMALL, radio_native_get_stations(records, sizeof records - 1));
    CHECK_EQUAL(2, radio_native_get_stations(records, sizeof records));
    CHECK_EQUAL(9, records[13]);
    CHECK_EQUAL(-44, (int8_t)records[14]);
    CHECK_EQUAL(4, records[15]);
}

static void watchdog_and_health(void)
{
    uint8_t health[RADIO_HEALTH_RECORD];
    begin_connected();
    idf.timer_error = ESP_ERR_NO_MEM;
    CHECK_EQUAL(-1000 - ESP_ERR_NO_MEM, radio_native_feed_watchdog(180000));
    idf.timer_error = ESP_OK;
    CHECK_EQUAL(RADIO_UNSUPPORTED, radio_native_feed_watchdog(0));
    for (int i = 0; i < 3; i++) {
        CHECK_EQUAL(RADIO_OK, radio_native_feed_watchdog(180000));
        CHECK_EQUAL(180000000, idf.timer_us);
    }
    CHECK_EQUAL(0, idf.restarts);
    idf.timer_callback(NULL);
    CHECK_EQUAL(1, idf.restarts);
    idf.reset_reason = ESP_RST_SW; // as the chip says after esp_restart
    receive_beacon(1, HOME, HOME);
    CHECK_EQUAL(RADIO_BUFFER_TOO_SMALL, radio_native_get_health(health, sizeof health - 1));
    CHECK_EQUAL(RADIO_HEALTH_RECORD, radio_native_get_health(health, sizeof health));
    CHECK_EQUAL(ESP_RST_WDT, health[0]);
    CHECK_EQUAL(ESP_SLEEP_WAKEUP_TIMER, health[1]);
    CHECK_EQUAL(123456, get32(health + 4));
    CHECK_EQUAL(65432, get32(health + 8));
    CHECK_EQUAL(54321, get32(health + 12));
    CHECK_EQUAL(4000000, get32(health + 16));
    CHECK_EQUAL(1, get32(health + 20));
    CHECK_EQUAL(idf.now_us / 1000000, get32(health + 24));
}

static void totals(void)
{
    uint8_t bytes[RADIO_TOTALS_RECORD];
    begin_connected();
    receive_beacon(1, HOME, HOME);
    CHECK_EQUAL(RADIO_BUFFER_TOO_SMALL, radio_native_get_totals(bytes, sizeof bytes - 1));
    CHECK_EQUAL(RADIO_TOTALS_RECORD, radio_native_get_totals(bytes, sizeof bytes));
    CHECK_EQUAL(1, get32(bytes));
}

int main(void)
{
    check_run("the glue finds Wi-Fi running, and waits for the event loop", comes_late);
    check_run("capabilities state the chip and the country's channels", capabilities);
    check_run("reception is armed again after each restart of Wi-Fi", restarts);
    check_run("reception that could not be armed is tried again, and no dwell counts before", arming_fails);
    check_run("time at home does not count while power save stays on", power_save_stays_on);
    check_run("a beacon in the callback is a channel record", beacon_to_record);
    check_run("each rate of DSSS and OFDM is known", rates);
    check_run("HT is read from what the receiver says", ht);
#if CONFIG_SOC_WIFI_HE_SUPPORT
    check_run("HE is read from HE-SIG-A", he);
    check_run("VHT is read from VHT-SIG-A", vht);
#endif
    check_run("frames of an A-MPDU share its preamble", aggregates);
    check_run("of data only the header is read", only_headers_of_data);
    check_run("bad frames count as such, other kinds not at all", bad_and_foreign_kinds);
    check_run("a dwell is a passive scan, and its time the channel's", dwell_to_record);
    check_run("a second dwell waits for the first", no_second_dwell);
    check_run("a scan of the app's own keeps its results", others_scan);
    check_run("a scan of the app's own may take the radio from a dwell", others_cut_in);
    check_run("a dwell that cannot be is refused with the driver's number", refusals);
    check_run("a link lost in a dwell ends it, and the next waits until none can run", reconnect_in_a_dwell);
    check_run("Wi-Fi restarted in a dwell ends it", restart_in_a_dwell);
    check_run("a dwell whose event is lost ends by the clock", lost_scan_event);
    check_run("the home channel may move", home_moves);
#if CONFIG_SOC_WIFI_SUPPORT_5G
    check_run("frames on 5 GHz count on the channel that the receiver states", five_gigahertz);
#endif
    check_run("the link is as the driver and the AP's beacons tell", link);
    check_run("without a link all of it is unknown", no_link);
    check_run("stations come with the RSSI of now", stations);
    check_run("the watchdog restarts the chip when it is not fed, and says so afterwards", watchdog_and_health);
    check_run("totals are the core's", totals);
    return check_summary();
}
