// The checksum by which the runtime knows the managed assembly's native half again, as nanoFramework's metadata processor makes it:
// a CRC over the assembly's name, the class's and that of each native method, which tells its types too; of the first method
// over its own name alone. Reads a method a line ("GetCaps___STATIC__I4__SZARRAY_U1"), in their order.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// Most significant bit first, begun with 0 and not inverted: not the FCS of radio_crc32.h.
static uint32_t add(uint32_t crc, const char *text)
{
    for (; *text; text++) {
        crc ^= (uint32_t)(unsigned char)*text << 24;
        for (int bit = 0; bit < 8; bit++) {
            crc = crc & 0x80000000 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
        }
    }
    return crc;
}

int main(int argc, char **argv)
{
    char method[256];
    uint32_t crc = 0;
    int count = 0;
    if (argc != 3) {
        fprintf(stderr, "usage: checksum ASSEMBLY CLASS <METHODS\n");
        return 2;
    }
    while (fgets(method, sizeof method, stdin)) {
        method[strcspn(method, "\n")] = 0;
        crc = count++ == 0 ? 0 : add(add(crc, argv[1]), argv[2]);
        crc = add(crc, method);
    }
    printf("0x%08" PRIX32 "\n", crc);
    return 0;
}
