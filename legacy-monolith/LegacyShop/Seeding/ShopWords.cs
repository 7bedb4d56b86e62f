namespace LegacyShop.Seeding;

/// <summary>What names, addresses and descriptions are made of.</summary>
internal static class ShopWords
{
    public static readonly string[] Materials =
    [
        "Oak", "Beech", "Steel", "Linen", "Cotton", "Ceramic", "Glass", "Bamboo", "Copper", "Wool", "Cork", "Slate", "Walnut",
        "Enamel", "Leather", "Brass",
    ];

    public static readonly (string Name, string Category)[] Things =
    [
        ("Desk Lamp", "lighting"), ("Floor Lamp", "lighting"), ("Garden Chair", "garden"), ("Watering Can", "garden"),
        ("Bread Box", "kitchen"), ("Tea Pot", "kitchen"), ("Coffee Grinder", "kitchen"), ("Cutting Board", "kitchen"),
        ("Tool Box", "tools"), ("Hand Saw", "tools"), ("Torch", "tools"), ("Book Shelf", "home"), ("Coat Rack", "home"),
        ("Picture Frame", "home"), ("Wall Clock", "home"), ("Door Mat", "home"), ("Storage Basket", "home"),
        ("Bath Towel", "bath"), ("Soap Dish", "bath"), ("Laundry Bin", "bath"), ("Bird House", "garden"),
        ("Dog Bed", "pets"), ("Picnic Blanket", "outdoor"), ("Camping Mug", "outdoor"), ("Yoga Mat", "outdoor"),
        ("Chess Set", "toys"), ("Puzzle", "toys"), ("Kite", "toys"), ("Notebook", "office"), ("Pen Holder", "office"),
        ("Paper Tray", "office"), ("Footstool", "home office"),
    ];

    public static readonly string[] Series =
    [
        "Aurora", "Nordlicht", "Hansa", "Elbe", "Alster", "Isar", "Classic", "Compact", "Plus", "Vario", "Basic", "Studio",
        "Küstenwind", "Brücke", "Atelier", "Linea", "Terra", "Solo",
    ];

    public static readonly string[] Categories =
    [
        "home", "garden", "tools", "kitchen", "lighting", "office", "toys", "outdoor", "bath", "pets", "gifts", "home office",
    ];

    public static readonly string[] Sentences =
    [
        "Made to last, with parts that can be replaced.",
        "A favourite of our customers since the first catalogue.",
        "Goes well with every lamp of the same series.",
        "Easy to clean; a damp cloth is enough.",
        "Delivered flat, assembled in ten minutes without tools.",
        "The surface is oiled by hand, so no two pieces are alike.",
        "Für drinnen und draußen geeignet.",
        "Please note that colours on the screen can differ slightly.",
        "Two years of guarantee.",
    ];

    public static readonly string[] FirstNames =
    [
        "Anna", "Jörg", "Sabine", "Peter", "Ayşe", "Lukas", "Greta", "Hans", "Käthe", "Milan", "Petra", "Uwe", "Lena", "Ömer",
        "Ines", "Karl", "Nina", "Tom",
    ];

    public static readonly string[] LastNames =
    [
        "Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann", "Schäfer", "Koch",
        "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Yılmaz", "Kowalski",
    ];

    public static readonly string[] Streets =
    [
        "Hauptstraße", "Bahnhofstraße", "Gartenweg", "Lindenallee", "Schulstraße", "Am Markt", "Kirchgasse", "Mühlenweg",
        "Bergstraße", "Deichstraße",
    ];

    public static readonly (string Zip, string City, string Country)[] Towns =
    [
        ("20095", "Hamburg", "DE"), ("80331", "München", "DE"), ("10115", "Berlin", "DE"), ("50667", "Köln", "DE"),
        ("01067", "Dresden", "DE"), ("24103", "Kiel", "DE"), ("70173", "Stuttgart", "DE"), ("04109", "Leipzig", "DE"),
        ("1010", "Wien", "AT"), ("8001", "Zürich", "CH"),
    ];

    public static readonly string[] Warehouses = ["HAM", "MUC"];
}
