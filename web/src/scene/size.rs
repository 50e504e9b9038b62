//! The measures of a card, in six sizes; smaller than the smallest is a dot.

/// The measures of a card, in pixels from its upper left corner.
#[derive(PartialEq, Debug)]
pub struct CardSize {
    /// Its letter, which is its class too.
    pub letter: &'static str,
    /// The width.
    pub w: f64,
    /// The height, without the half of the ports that hangs over.
    pub h: f64,
    /// The middle of the term ring.
    pub ring_x: f64,
    /// The middle of the term ring.
    pub ring_y: f64,
    /// The radius of the timer arc.
    pub arc_r: f64,
    /// The radius of the term ring.
    pub ring_r: f64,
    /// Where the name begins.
    pub name_x: f64,
    /// The baseline of name and role.
    pub name_y: f64,
    /// The size of the name's type.
    pub name_size: f64,
    /// The size of the role's type; 0 where there is no room for it.
    pub role_size: f64,
    /// The margin beside disk and memory.
    pub side: f64,
    /// Where the disk begins.
    pub disk_y: f64,
    /// The height of the disk.
    pub disk_h: f64,
    /// The height of the line above the cells that holds index and term; 0 for none.
    pub index_h: f64,
    /// The height of the memory; 0 where there is no room for it.
    pub memory_h: f64,
    /// The height of a port.
    pub port_h: f64,
    /// Where the ports begin and how wide they are, R first.
    pub ports: [(f64, f64); 2],
    /// Whether a port says in a word what it is.
    pub port_words: bool,
    /// The radius of a client's diamond.
    pub client_r: f64,
    /// How wide a client's operation may be.
    pub op_w: f64,
    /// The length of a cut link's stub.
    pub stub: f64,
    /// The least room between two cards.
    pub gap: f64,
    /// The room that a client takes at the edge where the clients stand.
    pub client_edge: f64,
    /// The room at the other edge.
    pub end_edge: f64,
    /// The room before and after a tear: for stubs, and for what falls into it.
    pub torn: (f64, f64),
}

/// The space between disk and memory.
pub const HALVES_GAP: f64 = 4.0;

/// From the largest to the smallest.
pub static SIZES: [CardSize; 6] = [LARGE, MIDDLE, EMBED, SMALL, NARROW, FLAT];

const LARGE: CardSize = CardSize {
    letter: "L",
    w: 232.0,
    h: 132.0,
    ring_x: 31.0,
    ring_y: 23.0,
    arc_r: 17.8,
    ring_r: 13.0,
    name_x: 57.0,
    name_y: 28.5,
    name_size: 17.0,
    role_size: 13.0,
    side: 8.0,
    disk_y: 45.0,
    disk_h: 42.0,
    index_h: 11.0,
    memory_h: 21.0,
    port_h: 23.0,
    ports: [(12.0, 98.0), (116.0, 104.0)],
    port_words: true,
    client_r: 17.0,
    op_w: 128.0,
    stub: 30.0,
    gap: 28.0,
    client_edge: 154.0,
    end_edge: 50.0,
    torn: (40.0, 58.0),
};

const MIDDLE: CardSize = CardSize {
    letter: "M",
    w: 184.0,
    h: 108.0,
    ring_x: 24.0,
    ring_y: 19.5,
    arc_r: 14.8,
    ring_r: 10.5,
    name_x: 47.0,
    name_y: 25.0,
    name_size: 15.0,
    role_size: 12.0,
    side: 8.0,
    disk_y: 38.0,
    disk_h: 28.0,
    index_h: 0.0,
    memory_h: 18.0,
    port_h: 20.0,
    ports: [(40.0, 48.0), (96.0, 48.0)],
    port_words: false,
    client_r: 15.0,
    op_w: 96.0,
    stub: 26.0,
    gap: 22.0,
    client_edge: 112.0,
    end_edge: 39.0,
    torn: (40.0, 58.0),
};

const EMBED: CardSize = CardSize {
    letter: "E",
    w: 172.0,
    h: 86.0,
    ring_x: 23.5,
    ring_y: 19.0,
    arc_r: 14.3,
    ring_r: 10.0,
    name_x: 46.0,
    name_y: 24.5,
    name_size: 15.0,
    role_size: 12.0,
    side: 8.0,
    disk_y: 37.0,
    disk_h: 28.0,
    index_h: 0.0,
    memory_h: 0.0,
    port_h: 20.0,
    ports: [(34.0, 48.0), (90.0, 48.0)],
    port_words: false,
    client_r: 14.0,
    op_w: 92.0,
    stub: 22.0,
    gap: 18.0,
    client_edge: 112.0,
    end_edge: 12.0,
    torn: (26.0, 28.0),
};

const SMALL: CardSize = CardSize {
    letter: "S",
    w: 122.0,
    h: 73.0,
    ring_x: 18.5,
    ring_y: 15.0,
    arc_r: 12.3,
    ring_r: 8.5,
    name_x: 36.0,
    name_y: 19.5,
    name_size: 14.0,
    role_size: 0.0,
    side: 6.0,
    disk_y: 29.0,
    disk_h: 25.0,
    index_h: 0.0,
    memory_h: 0.0,
    port_h: 18.0,
    ports: [(14.0, 44.0), (64.0, 44.0)],
    port_words: false,
    client_r: 13.0,
    op_w: 84.0,
    stub: 10.0,
    gap: 8.0,
    client_edge: 8.0,
    end_edge: 8.0,
    torn: (20.0, 20.0),
};

/// Three beside each other on a low phone.
const NARROW: CardSize = CardSize {
    w: 104.0,
    ports: [(6.0, 44.0), (54.0, 44.0)],
    gap: 4.0,
    client_edge: 6.0,
    end_edge: 6.0,
    torn: (14.0, 14.0),
    ..SMALL
};

/// Several runs side by side: three below each other in a pane, staggered where that is too low.
const FLAT: CardSize = CardSize { h: 66.0, disk_y: 28.0, disk_h: 20.0, ..NARROW };

impl CardSize {
    /// Whether cards of a group stand in two columns where one has no room for them.
    pub fn staggers(&self) -> bool {
        self.h < NARROW.h
    }

    /// How far the card reaches below its edge, with its ports.
    pub fn overhang(&self) -> f64 {
        self.port_h / 2.0
    }
}
