namespace Modular.Sdk;

/// <summary>A code that a scanner reads.</summary>
public enum CodeKind
{
    /// <summary>Bars, for short numbers of letters, digits and signs of ASCII; every scanner reads them.</summary>
    Code128,

    /// <summary>A square for longer text; phones read it.</summary>
    Qr,

    /// <summary>The smallest square, as on medicine; scanners that take a picture read it.</summary>
    DataMatrix,
}
