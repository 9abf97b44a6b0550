namespace Modular.Patients.Demo;

/// <summary>Words that invented people are put together from. Nobody is meant.</summary>
internal static class DemoNames
{
    public static readonly string[] Female = Split("""
        Abigail Adaeze Aisha Alice Amara Ana Anneliese Aoife Astrid Beatriz Bridget Camila Carmen Chiara Chloe Daria Deborah Dolores Elena Élise
        Emily Esperanza Fatima Fiona Freya Giulia Grace Guadalupe Hannah Helen Ines Ingrid Isabel Jasmine Joan Josephine June Karen Keiko Latoya Leila
        Linh Lucía Mai Margaret María Marta Minji Naomi Nora Noor Olivia Patricia Priya Rosa Ruth Sarah Sofía Thandi Tuyết Valentina Wanda Xiomara Zoë
        """);

    public static readonly string[] Male = Split("""
        Aaron Ahmed Alan Andrés Anton Arjun Benjamin Bruno Caleb Callum Carlos Chidi Connor Daniel David Diego Dmitri Earl Eduardo Elijah Emeka
        Ethan Felix François Frank George Gilbert Hakim Harold Hiroshi Hugo Ibrahim Ivan Jakob James Jamal Jesús João Joel José Kenji Kwame Leon Liam
        Luca Malik Marcus Mateo Miguel Mikhail Nathan Oscar Owen Pavel Quang Rafael René Samuel Sean Søren Tobias Tomás Victor Walter Wei Yusuf Zachary
        """);

    public static readonly string[] Last = Split("""
        Abernathy Achterberg Adeyemi Albright Alvarado Andersen Ashworth Baptiste Barros Beaumont Becker Bellweather Bianchi Blackwood Boateng Bouchard
        Braddock Byrne Cabrera Calloway Castellanos Chaudhry Chen Cisneros Costa Cromwell Dąbrowski Delacroix Delgado Dietrich Drummond Dubois Eastman
        Eberhardt Ellsworth Escobar Fairchild Farouk Feldman Fernández Fitzgerald Fontaine Fraser Gallagher García Goldberg González Grünwald Haddad Hale
        Hargrove Hashimoto Hawthorne Hernández Holm Hutchins Ibáñez Ivanova Jablonski Jaramillo Kaplan Kessler Kimura Kowalski Kozlov Lachance Larkin
        Leclair Lindqvist Lockhart Lombardi MacAllister Maldonado Marchetti Mbeki Mendoza Merriweather Moreau Moss Nakamura Nguyễn Novak Núñez O'Brien
        O'Connell Ogunleye Okafor Olsen Ortega Pacheco Park Pemberton Peña Petrov Pham Quintero Rasmussen Reyes Rhodes Rossi Sandoval Sato Schäfer
        Schulz Silva Sinclair Singh Stanhope Sørensen Tanaka Thackeray Thornton Trần Underwood Valdez Vance Vasquez Wainwright Weatherby Whitfield
        Winslow Yamada Youngblood Zapata Zieliński
        """);

    public static readonly string[] Streets = Split("""
        Alder Birch Cedar Chestnut Church Dogwood Elm Fern Foundry Garden Harbor Hawthorn Juniper Lakeview Laurel Linden Maple Meadow Mill Orchard
        Pine Prospect Quarry River School Spruce Summit Valley Walnut Willow
        """);

    public static readonly string[] Kinds = ["St", "St", "St", "Ave", "Ave", "Rd", "Ln", "Ct", "Dr"];

    /// <summary>A made-up county; its ZIP codes are none of the post's.</summary>
    public static readonly (string City, string Zip)[] Towns =
        [("Lakeside", "00501"), ("Lakeside", "00502"), ("North Lakeside", "00503"), ("Millbrook Falls", "00504"), ("Harrow", "00505"), ("Quarry Hill", "00506")];

    public static readonly string[] Alerts =
        ["Hard of hearing, write it down", "Uses a wheelchair", "Call the daughter first", "Fall risk", "Severe latex allergy", "Brings a service dog"];

    public static readonly string[] Languages = ["en", "en", "en", "en", "en", "en", "en", "en", "en", "es", "es", "vi", "ar"];

    private static string[] Split(string words) => words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
