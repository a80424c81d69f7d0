"""The words of which invented people, papers and reviews are made."""


def _split(text: str) -> tuple[str, ...]:
    """Return what commas part."""
    return tuple(" ".join(word.split()) for word in text.split(","))


GIVEN_STARTS = _split("""
    Bri, Cel, Dor, Elva, Fim, Gav, Hesk, Ilm, Jor, Kel, Lum, Mirv, Nax, Ovi, Pel, Quim, Rusk
""")
GIVEN_ENDS = _split("""
    vo, na, im, rin, ora, ek, wyn, asha, dil, une, ix, olo, beth, ya, mar, öl, ée
""")
NAME_STARTS = _split("""
    Quibber, Zoran, Vex, Tumble, Öskel, Brack, Crumpet, Dwindle, Fnord, Glimmer, Hollow, Inkle, Jabber, Knurl, Lopsi, Mumble,
    Nettle, Oxymo, Plinth, Quartz, Ruffle, Snorkel, Thistle, Umber, Vortle, Whim, Yarrow, Zephyr, Dodeca, Bramble, Cinder,
    Pömmel, Señal, Ćirku, Łapsi, Ŝvelt
""")
NAME_ENDS = _split("""
    wick, thil, shank, vund, bottom, spoke, feather, gorse, mantle, quist, rune, tassel, under, vane, wobble, zell, drax,
    flume, grommet, hinge, knot, lattice, mere, nozzle, plume, rivet, sprocket, tøff
""")
PLACES = _split("""
    Quendale, Brindle, Norvath, Ostermoor, Pelling Bay, Upper Wend, Tarnhollow, Vellmark, Zuidrand, Marrowby, Old Fen,
    Caskwater, Dunmire, Eastering, Farrowgate, Glassmere, Harrowbeck, Isle of Numb, Jutting Head, Lanternfield
""")
INSTITUTION_FORMS = ("University of {}", "{} Institute of Technology", "{} Vision Laboratory")

METHOD_STARTS = _split("""
    Prism, Loom, Echo, Lumen, Mirage, Quilt, Ripple, Scaffold, Tinsel, Umbra, Velvet, Wicker, Zest, Kiln
""")
METHOD_ENDS = _split("""
    Gen, Mix, Net, Former, Flow, Diff, Aug, Bench, Set, Scene, Caps, Synth, Pose, Seg, Track
""")
METHOD_FORMS = ("{name}", "{name}-{digit}", "{name}++", "Tiny{name}", "Open{name}")
GERUNDS = _split("""
    Learning, Generating, Distilling, Auditing, Curating, Balancing, Composing, Editing, Filtering, Simulating, Scaling
""")
OBJECTS = _split("""
    Synthetic Images, Layouts, Long-Tailed Classes, Depth Maps, Rare Poses, Training Captions, Masks, Point Clouds,
    Night Scenes, Hands, Medical Slices, Small Objects, Domain Shifts, Video Clips, Street Scenes, Transparent Things
""")
TASKS = _split("""
    Semantic Segmentation, Object Detection, Few-Shot Recognition, Depth Estimation, Person Re-Identification, Tracking,
    Open-Vocabulary Retrieval, Visual Question Answering, Anomaly Detection, Scene Text, Robot Grasping, Remote Sensing
""")
TITLE_FORMS = (
    "{method}: {gerund} {object} for {task}",
    "{gerund} {object} without Real Labels",
    "Do {object} Help {task}? A Counted Study",
    "{method}: {gerund} {object} with Diffusion Models",
    "On the Limits of {object} in {task}",
    "{gerund} {object} and {other} Together",
    "When {object} Are Not Enough: {gerund} {other} for {task}",
    "{method}, a Benchmark of {object} for {task}",
)
TOPICS = (
    "Generation of training images",
    "Labels for synthetic data",
    "Video and 3D",
    "Bias, privacy and rights",
    "Evaluation of synthetic data",
    "Applications in medicine and science",
)
KEYWORDS = _split("""
    synthetic data, diffusion models, data augmentation, domain gap, evaluation, simulation, segmentation, detection,
    few-shot, 3D, video, text-to-image, filtering, bias, privacy, medical imaging, robotics, captions, benchmark
""")
OPENINGS = (
    "Models that generate images are good enough to train on, yet nobody knows how much of what they draw is worth keeping.",
    "Labels cost more than images do, and for {task} they cost most.",
    "We ask what is lost when {object} are drawn rather than photographed.",
    "Collecting {object} is slow, and what is collected leans to what is easy to collect.",
    "Synthetic sets grow without end while the accuracy on {task} stops growing.",
)
MIDDLES = (
    "{method} proposes layouts first and draws them afterwards, so that labels come for nothing.",
    "Our method keeps only those samples on which two small models disagree.",
    "We condition the generator on counted captions and drop what a verifier can't find again.",
    "A second network learns which generated images would change the first one, and asks for more of them.",
    "We replace a tenth of the real images at a time and watch what each replacement does.",
)
FIGURES = (
    "On {count} invented benchmarks the gain is {gain} points, and it is largest where real images are few.",
    "Against the strongest baseline, {method} wins {gain} points with a {count}th of the images.",
    "Over {count} runs the mean gain is {gain} points, with a deviation that we report in full.",
    "The gain of {gain} points holds for {count} of the settings and turns into a loss for one.",
)
CLOSINGS = (
    "Failures are dominated by mirrors, thin structures and text inside images.",
    "Code, configurations and every generated image are released.",
    "We end with what does not work, which is longer than what does.",
    "A study with people finds the generated scenes hard to tell from photographs.",
    "The cost is paid once and shared by all the tasks that follow.",
)
PRAISE = (
    "The question is well posed and the answer can be checked.",
    "The ablation separates what the filter does from what the generator does.",
    "The paper reads well, and its figures say what they mean.",
    "Negative results are reported with the same care as positive ones.",
    "The baseline is tuned as long as the method, which is rare.",
)
BLAME = (
    "One data set carries nearly all of the gain.",
    "It stays unclear how much of the effect is due to the larger number of steps.",
    "Related work on simulation is not discussed.",
    "The real test set is small, and no deviation is given for it.",
    "The method needs a verifier that was trained on the real data after all.",
    "The text exceeds what its experiments can carry.",
)
QUESTIONS = (
    "What happens when the generator has seen the test images?",
    "How long does the generation of one set take?",
    "Does the gain remain with a larger real set?",
    "Which samples does the filter drop?",
)
RATING_WORDS = {
    1: "Strong reject",
    2: "Clear reject",
    3: "Reject, not good enough",
    4: "Ok but not good enough",
    5: "Marginally below acceptance threshold",
    6: "Marginally above acceptance threshold",
    7: "Good paper, accept",
    8: "Top half of accepted papers",
    9: "Top of the accepted papers",
    10: "Among the best of the workshop",
}
CONFIDENCE_WORDS = {
    1: "An educated guess",
    2: "Willing to defend, but may have missed parts",
    3: "Fairly confident",
    4: "Confident, not absolutely certain",
    5: "Absolutely certain",
}

# Titles that break careless pages, files and spreadsheets.
HOSTILE_TITLES = (
    r"$\mathcal{L}_{\text{syn}}$-Regularized Diffusion: 100\% of \emph{Nothing} & \textbf{More} {_}^~",
    "“Quotes”, 'apostrophes', \"straight ones\" & <b>bold</b> <script>alert(1)</script> claims",
    "صور مُخترعة: Invented Images in Two Directions (مثال) of Writing",
    '=HYPERLINK("https://invented.example", "A Spreadsheet Formula") for Visual Recognition',
    "{{ site.title }} {% include nothing %} *Stars* _Lines_ [Links](https://invented.example) | Pipes",
    "An Exceedingly Long Title That Goes On Because Its Invented Authors Could Not Agree on Where to Stop, Which Is Why It Names "
    "the Method, the Data, the Three Baselines, the Ablation, the Limits, the Acknowledgments and, for Good Measure, Every Setting "
    "of the Optimizer",
    "合成画像を用いた学習: 数えられた研究 🧪 Étude naïve",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsbildgenerierung",
)
