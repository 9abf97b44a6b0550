using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Modular.Host.Installing;
using Modular.Host.Start;
using Modular.Tests.Harness;

namespace Modular.Tests.Modules;

/// <summary>What is refused of a package before anything of it can matter; each refusal leaves the modules directory as it was.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("packages").FullName;

    private StartOptions Options => new() { ModulesDirectory = Path.Combine(folder, "modules"), DataDirectory = folder };

    [Theory]
    [InlineData("../escaped.txt")]
    [InlineData("wwwroot/../../escaped.txt")]
    [InlineData("/tmp/escaped.txt")]
    [InlineData("C:/escaped.txt")]
    [InlineData("wwwroot\\..\\..\\escaped.txt")]
    [InlineData("wwwroot//escaped.txt")]
    [InlineData("./escaped.txt")]
    public void A_file_whose_name_leads_out_of_the_folder_is_refused(string name)
    {
        Refused(Small().Add(name, "x").Zip(), "would leave the module's folder");
        Assert.Empty(Directory.EnumerateFiles(folder, "escaped.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_link_is_refused() =>
        // 0xA000 is a symbolic link, as Unix zips write it into the upper half of the attributes.
        Refused(Small().Zip(more: zip => TestPackage.Write(zip, "wwwroot/link", "/etc/passwd"u8.ToArray()).ExternalAttributes = 0xA1FF << 16), "is a link or a device");

    [Fact]
    public void Two_files_of_one_name_are_refused_upper_and_lower_case_alike()
    {
        Refused(Small().Add("wwwroot/a.css", "1").Add("wwwroot/a.css", "2").Zip(Small().Hashes()), "wwwroot/a.css twice");
        Refused(Small().Add("wwwroot/a.css", "1").Add("wwwroot/A.css", "2").Zip(), "wwwroot/A.css twice");
        Refused(Small().Add("wwwroot", "1").Add("wwwroot/a.css", "2").Zip(), "below a file of the same name");
    }

    [Fact]
    public void A_package_has_one_manifest()
    {
        Refused(Small().Add("other/module.json", "{}").Zip(), "more than one module.json");
        var none = Small();
        none.Files.RemoveAll(f => f.Name == "module.json");
        Refused(none.Zip(), "no module.json at its top");
    }

    [Fact]
    public void Every_file_must_be_the_one_that_was_packed()
    {
        var packed = Small().Add("wwwroot/a.css", "a");
        var hashes = packed.Hashes();
        Refused(packed.With("wwwroot/a.css", _ => "b").Zip(hashes), "wwwroot/a.css is not the one its maker packed");
        Refused(packed.Zip(Small().Hashes()), "wwwroot/a.css is not in the list");
        Refused(Small().Zip(hashes), "wwwroot/a.css is in the list SHA256SUMS, but not in the package");
        Refused(packed.Zip("no sums"), "cannot be read");
        var bare = new MemoryStream();
        using (var zip = new ZipArchive(bare, ZipArchiveMode.Create, leaveOpen: true))
        {
            TestPackage.Write(zip, "module.json", "{}"u8.ToArray());
        }

        bare.Position = 0;
        Refused(bare, "has no SHA256SUMS");
    }

    [Fact]
    public void A_bomb_that_says_its_size_is_refused_before_it_is_unpacked()
    {
        var bomb = Small().Add("bomb", new string('0', 1000)).Zip().ToArray();
        Resize(bomb, "bomb", uint.MaxValue - 1);
        Refused(new(bomb), "larger than 300 MB");
    }

    [Fact]
    public void A_bomb_that_lies_about_its_size_gains_nothing()
    {
        var package = Small();
        var bomb = package.Zip(package.Hashes() + $"{new string('a', 64)}  bomb\n", more: zip =>
        {
            using var stream = zip.CreateEntry("bomb").Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < PackageEntries.MostBytes / zeros.Length + 1; i++)
            {
                stream.Write(zeros);
            }
        }).ToArray();
        Resize(bomb, "bomb", 10);

        var refused = Assert.Throws<PackageRefusedException>(() => Install(new(bomb)));

        Assert.True(refused.Message.Contains("bomb", StringComparison.Ordinal) || refused.Message.Contains("damaged", StringComparison.Ordinal), refused.Message);
        Untouched();
    }

    [Fact]
    public void Too_many_files_are_refused() => Refused(Small().Zip(more: zip =>
    {
        for (var i = 0; i < PackageEntries.MostFiles; i++)
        {
            zip.CreateEntry($"f{i}");
        }
    }), "at most 5,000");

    [Fact]
    public void What_is_no_zip_is_refused() => Refused(new("PK, it says"u8.ToArray()), "not a .zip");

    [Theory]
    [InlineData("../evil", "Its id must be")]
    [InlineData("core", "Its id must be")]
    [InlineData("pg-catalog", "Its id must be")]
    public void A_hostile_id_is_refused(string id, string sentence) =>
        Refused(Small().With("module.json", text => text.Replace("younger", id, StringComparison.Ordinal)).Zip(), sentence);

    [Fact]
    public void What_would_not_start_is_not_installed()
    {
        Refused(Small().With("module.json", text => text.Replace("\"sdk\": \"0.9\"", "\"sdk\": \"2.0\"", StringComparison.Ordinal)).Zip(), "It was built for SDK 2.0; this host has 0.9");
        Refused(TestPackage.Of("leans").Zip(), "It needs the module undeclared, which is not installed.");
    }

    [Fact]
    public void Unsigned_is_said_and_taken_only_when_asked_for()
    {
        Assert.Equal(ModuleInstaller.Unsigned, Assert.Throws<PackageRefusedException>(() => new ModuleInstaller(Options).Install(Small().Zip(), new(false, []))).Message);
        Assert.Contains("signed packages only", Assert.Throws<PackageRefusedException>(() => new ModuleInstaller(Options with { SignedOnly = true }).Install(Small().Zip(), new(true, []))).Message,
            StringComparison.Ordinal);

        var done = Install(Small().Zip());

        Assert.Equal(("younger", null, "unsigned"), (done.Manifest.Id, done.Before, done.Signed));
        Assert.True(File.Exists(Path.Combine(folder, "modules", "younger", "Modular.Plugins.Younger.dll")));
    }

    [Fact]
    public void A_signature_of_a_trusted_publisher_is_named_and_any_other_refused()
    {
        using var ours = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var theirs = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = Directory.CreateDirectory(Path.Combine(folder, "publishers")).FullName;
        File.WriteAllText(Path.Combine(keys, "Elm Software.pem"), ours.ExportSubjectPublicKeyInfoPem());

        Refused(Small().Zip(signedBy: theirs), "signed, but by nobody this host trusts");
        Assert.Equal("signed by Elm Software", new ModuleInstaller(Options with { SignedOnly = true }).Install(Small().Zip(signedBy: ours), new(false, [])).Signed);

        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(Path.Combine(keys, "Elm Software.pem"), curve.ExportSubjectPublicKeyInfoPem());
        Assert.Contains("nobody this host trusts", Assert.Throws<PackageRefusedException>(() => Install(Small().Zip(signedBy: curve))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_version_is_refused()
    {
        Install(TestPackage.Of("younger", "1.10.0").Zip());

        Assert.Contains("1.9.0 is older", Assert.Throws<PackageRefusedException>(() => Install(TestPackage.Of("younger", "1.9.0").Zip())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_does_not_know_the_tables_is_refused_whether_the_module_is_there_or_not()
    {
        InstallWish ahead = new(true, [new("elm", "younger", "0007_more"), new("elm", "other", "0009_else")]);
        var gone = Assert.Throws<PackageRefusedException>(() => new ModuleInstaller(Options).Install(TestPackage.Of("younger", "1.9.0").Zip(), ahead)).Message;
        Assert.Equal("Younger 1.9.0 is older than its tables are. It does not know what changed them last: elm has 0007_more. Install a version that does. "
            + "The way back to 1.9.0 gives up its data, after an export: module purge younger --export FILE.zip --confirm younger, then install 1.9.0.", gone);

        Install(TestPackage.Of("younger", "1.10.0").Zip());
        Assert.StartsWith("Younger 1.10.0 is installed; 1.9.0 is older, and its tables have moved on since.",
            Assert.Throws<PackageRefusedException>(() => new ModuleInstaller(Options).Install(TestPackage.Of("younger", "1.9.0").Zip(), ahead)).Message, StringComparison.Ordinal);
        new ModuleInstaller(Options).Install(TestPackage.Of("younger", "2.0.0").Add("Migrations/0007_more.sql", "select 1").Zip(), ahead);
    }

    [Theory]
    [InlineData("patients")]
    [InlineData("scheduling")]
    [InlineData("referrals")]
    [InlineData("billing")]
    public void A_module_of_the_product_is_replaced_by_no_package_whoever_asks(string id)
    {
        Plugins.Copy("younger", Options.ModulesDirectory, id);
        var package = Small().With("module.json", text => text.Replace("\"younger\"", $"\"{id}\"", StringComparison.Ordinal));

        Assert.Equal($"The module {id} comes with Modular and is upgraded with it; no package takes its place.",
            Assert.Throws<PackageRefusedException>(() => new ModuleInstaller(Options).Install(package.Zip(), new(true, [], "nobody"))).Message);
    }

    [Fact]
    public void Another_publishers_module_is_replaced_only_by_its_name_also_after_it_was_removed()
    {
        using var elm = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var oak = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = Directory.CreateDirectory(Path.Combine(folder, "publishers")).FullName;
        File.WriteAllText(Path.Combine(keys, "Elm Software.pem"), elm.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(Path.Combine(keys, "Oak Labs.pem"), oak.ExportSubjectPublicKeyInfoPem());
        var installer = new ModuleInstaller(Options);
        installer.Install(Small().Zip(signedBy: elm), new(false, []));

        var refused = Assert.Throws<PackageRefusedException>(() => installer.Install(TestPackage.Of("younger", "2.0.0").Zip(signedBy: oak), new(false, []))).Message;
        Assert.Equal("The module younger on this host is signed by Elm Software, and this package is signed by Oak Labs: it may be another module that only has the same name. "
            + "If you know that it is the same, install it on the command line with --replace-publisher \"Elm Software\".", refused);
        Assert.Contains("this package is signed by nobody", Assert.Throws<PackageRefusedException>(() => Install(TestPackage.Of("younger", "2.0.0").Zip())).Message, StringComparison.Ordinal);
        Assert.Throws<PackageRefusedException>(() => installer.Install(TestPackage.Of("younger", "2.0.0").Zip(signedBy: oak), new(false, [], "Oak Labs")));
        installer.Install(TestPackage.Of("younger", "1.1.0").Zip(signedBy: elm), new(false, []));

        var folders = new ModuleFolders(Options.ModulesDirectory);
        folders.MarkForRemoval("younger");
        folders.CarryOut();
        Assert.Throws<PackageRefusedException>(() => installer.Install(Small().Zip(signedBy: oak), new(false, [])));
        installer.Install(Small().Zip(signedBy: oak), new(false, [], "Elm Software"));
        Assert.Equal("Oak Labs", folders.Publisher("younger"));
    }

    [Fact]
    public void Who_signed_a_module_is_not_for_its_package_to_say()
    {
        Install(Small().Add(".publisher", "Elm Software").Zip());

        Assert.Equal(TakeOver.Nobody, new ModuleFolders(Options.ModulesDirectory).Publisher("younger"));
    }

    private static TestPackage Small() => TestPackage.Of("younger");

    private Installation Install(MemoryStream package) => new ModuleInstaller(Options).Install(package, new(true, []));

    private void Refused(MemoryStream package, string words)
    {
        Assert.Contains(words, Assert.Throws<PackageRefusedException>(() => Install(package)).Message, StringComparison.Ordinal);
        Untouched();
    }

    private void Untouched() => Assert.Equal([".lock"], Directory.EnumerateFiles(Options.ModulesDirectory, "*", SearchOption.AllDirectories).Select(Path.GetFileName));

    /// <summary>Writes another unpacked size into the local and the central header of a file.</summary>
    private static void Resize(byte[] zip, string name, uint size)
    {
        var at = System.Text.Encoding.ASCII.GetBytes(name);
        for (var i = 46; i < zip.Length - at.Length; i++)
        {
            if (!zip.AsSpan(i, at.Length).SequenceEqual(at))
            {
                continue;
            }

            if (zip.AsSpan(i - 30, 4).SequenceEqual("PK\x3\x4"u8))
            {
                BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(i - 30 + 22), size);
            }
            else if (zip.AsSpan(i - 46, 4).SequenceEqual("PK\x1\x2"u8))
            {
                BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(i - 46 + 24), size);
            }
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
