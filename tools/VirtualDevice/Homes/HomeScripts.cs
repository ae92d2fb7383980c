namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>Homes to run.</summary>
public static class HomeScripts
{
    private const double Plaster = 4, Brick = 9;

    /// <summary>
    /// A house of two floors and an attic: a companion beside the gateway in the living room, nodes in the hall, a bedroom and the attic,
    /// ten clients, eight neighbours. In each first hour a microwave runs, a node is moved, a backhaul fails and the gateway reboots.
    /// </summary>
    public static HomeScript Demo(int seed) => new()
    {
        Seed = seed,
        Ssid = "home",
        Plan = House,
        Gateway = new Place(2, 3),
        Channel = 6,
        Nodes =
        [
            new MeshNodeScript("gateway", new Place(4, 5.5), HasAccessPoint: false),
            new MeshNodeScript("hall", new Place(6, 4)),
            new MeshNodeScript("bedroom", new Place(8.5, 6.5, 1), "hall"),
            new MeshNodeScript("attic", new Place(4, 4, 2), "hall"),
        ],
        Clients = Family,
        Neighbours = Street,
        Disturbances =
        [
            new MicrowaveOven(600, 840),
            new MovedNode(1500, 2100, "bedroom", new Place(0.8, 9.2, 1)),
            new FailingBackhaul(2300, 2900, "attic", 32),
            new GatewayReboot(3200, 3290),
        ],
    };

    private static FloorPlan House => new()
    {
        Walls =
        [
            new Wall(5, 0, 5, 8, Brick), new Wall(5, 5, 11, 5, Plaster), new Wall(8, 5, 8, 10, Plaster),
            new Wall(5, 0, 5, 10, Plaster, 1), new Wall(5, 5, 11, 5, Plaster, 1),
            new Wall(0, 0, 11, 0, Brick), new Wall(11, 0, 11, 10, Brick), new Wall(11, 10, 0, 10, Brick), new Wall(0, 10, 0, 0, Brick),
            new Wall(0, 0, 11, 0, Brick, 1), new Wall(11, 0, 11, 10, Brick, 1), new Wall(11, 10, 0, 10, Brick, 1), new Wall(0, 10, 0, 0, Brick, 1),
        ],
    };

    private static IReadOnlyList<ClientScript> Family =>
    [
        new("television", Traffic.Television, [new Stay(0, new Place(1, 1))]),
        new("camera", Traffic.Camera, [new Stay(0, new Place(6, 0.5))]),
        new("thermostat", Traffic.Sensor, [new Stay(0, new Place(5.5, 3))]),
        new("printer", Traffic.Sensor, [new Stay(0, new Place(9, 8, 1))]),
        new("desk", Traffic.Laptop, [new Stay(0, new Place(4, 5, 2))]),
        new("laptop", Traffic.Laptop, [new Stay(0, new Place(3, 2)), new Stay(1300, new Place(9, 7, 1)), new Stay(2600, new Place(6, 4))]),
        new("tablet", Traffic.Phone, [new Stay(0, new Place(9, 3, 1)), new Stay(900, new Place(2, 4)), new Stay(2700, new Place(9, 3, 1))]),
        new("phone-a", Traffic.Phone, [new Stay(0, new Place(2, 2)), new Stay(700, new Place(9, 6)), new Stay(1700, null), new Stay(3000, new Place(2, 2))]),
        new("phone-b", Traffic.Phone, [new Stay(0, new Place(8, 8, 1)), new Stay(1100, new Place(6, 3)), new Stay(2000, new Place(4, 4, 2))]),
        new("phone-c", Traffic.Phone, [new Stay(0, null), new Stay(400, new Place(6, 5)), new Stay(1900, new Place(3, 7, 1))]),
    ];

    private static IReadOnlyList<NeighbourScript> Street =>
    [
        new(new Place(16, 4), 1, 0.10, true),
        new(new Place(17, 8, 1), 6, 0.04, true),
        new(new Place(-6, 5), 11, 0.20, true),
        new(new Place(-7, 9, 1), 1, 0.05, false),
        new(new Place(4, 17), 11, 0.08, true),
        new(new Place(12, 16, 1), 3, 0.04, false),
        new(new Place(-9, -4), 6, 0.02, false),
        new(new Place(3, -9), 13, 0.15, true),
    ];
}
