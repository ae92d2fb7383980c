#ifndef ESP_CHIP_INFO_H
#define ESP_CHIP_INFO_H

typedef enum {
    CHIP_ESP32 = 1,
    CHIP_ESP32C3 = 5,
    CHIP_ESP32S3 = 9,
    CHIP_ESP32C6 = 13,
    CHIP_ESP32C5 = 23,
} esp_chip_model_t;

typedef struct {
    esp_chip_model_t model;
} esp_chip_info_t;

void esp_chip_info(esp_chip_info_t *out_info);

#endif
