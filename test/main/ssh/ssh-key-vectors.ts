// Private keys made for these tests alone, with ssh-keygen and openssl: worthless, and known to everybody.
// What is expected of each is what ssh-keygen says of it.
// SPDX-License-Identifier: MIT

export const PASSPHRASE = 'open sesame';

interface Key {
  readonly keyType: string;
  readonly bits: number;
  readonly fingerprint: string;
  /** The line of the .pub file. */
  readonly publicKey: string;
}

export interface SshVector {
  readonly name: string;
  readonly key: Key;
  readonly isEncrypted: boolean;
  /** Only OpenSSH's own format has a comment. */
  readonly hasComment: boolean;
  readonly text: string;
}

export const KEYS = {
  ed25519: {
    keyType: 'ssh-ed25519',
    bits: 256,
    fingerprint: 'SHA256:tggEOwS1KBmbAgfxEZuP4cO7qx155JdG7GbI6wtRYic',
    publicKey:
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBk76tJFq4ryoQJO0vJLbOW/K6nrZyO4Eqdv2P0AScWg own@vector',
  },
  rsa: {
    keyType: 'ssh-rsa',
    bits: 2048,
    fingerprint: 'SHA256:q6mpQUJoHtUOeNWuJnlenhyf9HCRq2T1pKJcnWibFm8',
    publicKey:
      'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDAHyaPWkV5RzXxahfBOwPRxV1kEcocwqfMu21+f7abQM11xw7ixfwclMM8HzPthYfuHwlcM7yugm9/CAY4V1fAeOQlz+uWrjjSet3/v+tqN6Rxh4uwIbt0AAyebKFARdpyQBTqQdiCeU8M0hJIffdw5Le9Vtd34ApzNqFrG+mrpzOdkR86g50AkE6/UL/mqOOYLGufcIGIeEUpmqtHM68CkLj89ofOmxy/BwpQ9z2b+40OteXsljRK/A/sGdrCGSuKN7ElJaCaDdNQsFm5j+sEtRijA3IIhYQViDu99GPfRk5Mze6Y2f55hadouFCuY+fpVChYHfPhRT1D793kYUKf own@vector',
  },
  p256: {
    keyType: 'ecdsa-sha2-nistp256',
    bits: 256,
    fingerprint: 'SHA256:mLKD66daxDs0WZM9DzcYgy17IAEc98roskuoH3dag/E',
    publicKey:
      'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBKXXMItAhk3cUH1P7TqTwZn2fPFKfl8mryR/bL/kR4aAGDcwaw4bMY7pUhbHZvyQSCd8K1CHD88Ci+8U8G+HyHQ= own@vector',
  },
  p384: {
    keyType: 'ecdsa-sha2-nistp384',
    bits: 384,
    fingerprint: 'SHA256:btazWHiLpVDsI4NdmyqwDKaGmd5RC06NlG7sdGH2ro4',
    publicKey:
      'ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBABVuXeFVFJtPS/q5dbpqpnx1fWNtHt4nO/e+h7k74VZzfSgQoDgD5+gGs+PwkgXROpOMEYwPSDWLecvOLF6KjmdcQGr41vPosD+sGG/ZFSvEpplZCc15vA11nJKx5luJw== own@vector',
  },
  p521: {
    keyType: 'ecdsa-sha2-nistp521',
    bits: 521,
    fingerprint: 'SHA256:SI/VomtKsrqKFcNtUCpfu5Usf+Z4hua0RcQMkNCYfOk',
    publicKey:
      'ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBACEGUIDsMN0FRlbPgqeyDHBdw/6kQNlnl7NFBYul0kUJMe5ZN8D4N/akurb3jru1gYdLGGIpToM4Ty0dfH1Fu2TeAEz1uro0W0NS/yWO+2AaCxzbrF99gBjPwovegg8kqvtlkG4jmxASqY5c6CVYASJoMVTfo/YnsDxzGShTL+PHbXlhA== own@vector',
  },
} as const satisfies Readonly<Record<string, Key>>;

export const VECTORS: readonly SshVector[] = [
  {
    name: 'Ed25519, OpenSSH',
    key: KEYS.ed25519,
    isEncrypted: false,
    hasComment: true,
    text: `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
QyNTUxOQAAACAZO+rSRauK8qECTtLyS2zlvyup62cjuBKnb9j9AEnFoAAAAJAcEplkHBKZ
ZAAAAAtzc2gtZWQyNTUxOQAAACAZO+rSRauK8qECTtLyS2zlvyup62cjuBKnb9j9AEnFoA
AAAECpy0a2XoZpWCOKgax4/7aBiyB/1/UnDYi3cxwmSBcgpxk76tJFq4ryoQJO0vJLbOW/
K6nrZyO4Eqdv2P0AScWgAAAACm93bkB2ZWN0b3IBAgM=
-----END OPENSSH PRIVATE KEY-----
`,
  },
  {
    name: 'Ed25519, OpenSSH, aes256-ctr',
    key: KEYS.ed25519,
    isEncrypted: true,
    hasComment: true,
    text: `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABDYn9uXnv
MsKKvp8gXApJeNAAAAAgAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIBk76tJFq4ryoQJO
0vJLbOW/K6nrZyO4Eqdv2P0AScWgAAAAkBBtr7M4Nu1KgM+EBfWxAIB5I/yJNZ6iTtT3rm
/nT47fKebma47tYzepEBPrwv9YEvzv+G33Sy4qLXXXqiDh9rAimzsBMQdKV853/y/+lG0/
TaFvJvOaq0lL/E/4Oojcq7JDmmr1ssF6glQ714xszcLRwakd3C5hdwdOr8Bcl82C20BJzS
zBIfJOCCmbo4s5cQ==
-----END OPENSSH PRIVATE KEY-----
`,
  },
  {
    name: 'Ed25519, OpenSSH, aes256-cbc',
    key: KEYS.ed25519,
    isEncrypted: true,
    hasComment: true,
    text: `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jYmMAAAAGYmNyeXB0AAAAGAAAABATe3iQtE
Lv8VQvvhFWeg42AAAAAgAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIBk76tJFq4ryoQJO
0vJLbOW/K6nrZyO4Eqdv2P0AScWgAAAAkL4WtRIwTmld7DAbnWGeqf0zwNYnvvqb1+F/0q
2KFjko0icz72917O8C2CFQSsImsXFrorUEf/jqHo5ZgILZQPwxxN3Ulii0oJfbsEr8vXjl
76f3d+vnehkO7DpwhGBfy/7olZUvzaKpOa8CwEwBMHIUk1MHfwrurPQe1JlpZ49R5QZZYb
7/P3BKbzt6x8d5OA==
-----END OPENSSH PRIVATE KEY-----
`,
  },
  {
    name: 'Ed25519, OpenSSH, aes256-gcm',
    key: KEYS.ed25519,
    isEncrypted: true,
    hasComment: true,
    text: `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAAFmFlczI1Ni1nY21Ab3BlbnNzaC5jb20AAAAGYmNyeXB0AA
AAGAAAABBiDb2zazIgeQRzseEVP/wlAAAAAgAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAA
IBk76tJFq4ryoQJO0vJLbOW/K6nrZyO4Eqdv2P0AScWgAAAAkN7VG+U4LpRaguA8/e5KA3
GoA6uRIP6UXX9hdFvmDiUOTq9GZn+/qGvUFKt46mxd1YD/f0t4T1t8xBQEbnqoCANkeHYD
efW/LuXi6eia6ES35lpoI3nC6KWoG15hys16HrFFg9mXhLg6z5Mavo3A6/RCjILD9VCWT5
2aDjuLy+43G4v1nXod08E0LGx/oL6F5/gPcqsFF+a4/JoB/QJcxkA=
-----END OPENSSH PRIVATE KEY-----
`,
  },
  {
    name: 'Ed25519, OpenSSH, aes192-cbc',
    key: KEYS.ed25519,
    isEncrypted: true,
    hasComment: true,
    text: `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAACmFlczE5Mi1jYmMAAAAGYmNyeXB0AAAAGAAAABCR0Eaj6g
cD+GFQr+ZMCxkPAAAAAgAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIBk76tJFq4ryoQJO
0vJLbOW/K6nrZyO4Eqdv2P0AScWgAAAAkFZDAg7aEyIyny3KTYdG3HBKX8phrRt8q5jlLg
z3/9Tfa504OU8JgXXj/DbV/AHVHT7XY8/Wv8q+dd2+jP6o9NzvTHvtr92KejLQdgf+jzaO
9Gpe+5ArV4MVf/ChPvmPF+AwvY/vfDxhW9HMlSgQLUnGT4Gm6Zeu2f7PSuqAGIDf9ABGJu
31NHcWpGTbu3F0JA==
-----END OPENSSH PRIVATE KEY-----
`,
  },
  {
    name: 'Ed25519, PKCS#8',
    key: KEYS.ed25519,
    isEncrypted: false,
    hasComment: false,
    text: `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIKnLRrZehmlYI4qBrHj/toGLIH/X9ScNiLdzHCZIFyCn
-----END PRIVATE KEY-----
`,
  },
  {
    name: 'Ed25519, PKCS#8, PBES2',
    key: KEYS.ed25519,
    isEncrypted: true,
    hasComment: false,
    text: `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGaMFYGCSqGSIb3DQEFDTBJMCgGCSqGSIb3DQEFDDAbBAiupANqGKbMjAIBMjAM
BggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQffnOa7WHOc4LeRzWMDKWagRAl2VY
DNhwutRsONWH8MJ3jGg4mDVZib8R1dOi/0jSx70R5kxVffxOW4O9E82H8ONI3ZNh
HTjOFyEyv6Z7guBLXw==
-----END ENCRYPTED PRIVATE KEY-----
`,
  },
  {
    name: 'RSA, OpenSSH',
    key: KEYS.rsa,
    isEncrypted: false,
    hasComment: true,
    text: `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAABFwAAAAdzc2gtcn
NhAAAAAwEAAQAAAQEAwB8mj1pFeUc18WoXwTsD0cVdZBHKHMKnzLttfn+2m0DNdccO4sX8
HJTDPB8z7YWH7h8JXDO8roJvfwgGOFdXwHjkJc/rlq440nrd/7/rajekcYeLsCG7dAAMnm
yhQEXackAU6kHYgnlPDNISSH33cOS3vVbXd+AKczahaxvpq6cznZEfOoOdAJBOv1C/5qjj
mCxrn3CBiHhFKZqrRzOvApC4/PaHzpscvwcKUPc9m/uNDrXl7JY0SvwP7BnawhkrijexJS
Wgmg3TULBZuY/rBLUYowNyCIWEFYg7vfRj30ZOTM3umNn+eYWnaLhQrmPn6VQoWB3z4UU9
Q+/d5GFCnwAAA8BA48/sQOPP7AAAAAdzc2gtcnNhAAABAQDAHyaPWkV5RzXxahfBOwPRxV
1kEcocwqfMu21+f7abQM11xw7ixfwclMM8HzPthYfuHwlcM7yugm9/CAY4V1fAeOQlz+uW
rjjSet3/v+tqN6Rxh4uwIbt0AAyebKFARdpyQBTqQdiCeU8M0hJIffdw5Le9Vtd34ApzNq
FrG+mrpzOdkR86g50AkE6/UL/mqOOYLGufcIGIeEUpmqtHM68CkLj89ofOmxy/BwpQ9z2b
+40OteXsljRK/A/sGdrCGSuKN7ElJaCaDdNQsFm5j+sEtRijA3IIhYQViDu99GPfRk5Mze
6Y2f55hadouFCuY+fpVChYHfPhRT1D793kYUKfAAAAAwEAAQAAAQAD3Px+WHSE2PY65Fpq
7nVdXqh0mS5PwBL2DnTIB5MT8cx6iFCtJbRenMKE7yRbq9o3uGm3RWu6CfG/rlkgVpKd/Q
WqxFC6nHE/EO0YNfNAFQivpxKbguoijdezHdXA6vFWvSF5M8QXR4+GifjdJU9NoVkX1msJ
xDhhkwvRkWOe/yT4GwPOKWBc/bAsbEc23miAeg1kvfWmTwWBYWLfwqiayAS9++QgA9MyUF
dF7R4Ugaey4jUX2GyrUkT/rC+vqWCbltNDSeG6e2Ev7aI5IKqskDg4wrmE72B1yMyDEGKH
X3oIcjktDsM6B8egZF8WOsvzyRlzgApR55UD3+eFBGgRAAAAgQCrpK3uvVJxMVo+SSiUQz
QYt9/6zsOC9URZWHMEoMUo8iCDV2dc7M8655Cv5hpujuCGz/bAdX8LYaflIKs3KAAKJum0
dgIyIw5y60klyOGoSmx1VX2JwvnREDMuga4+8zZlvl7YSRP2/MhJ4e5LvmbmzSu+vFKSFX
umDoo+htT5GwAAAIEA3noXYOT/4eFJ9Zctca7B/zZ+lCO+ADR8fBfMYuW9WfQbvAdEFeDO
1kNWCu/4ls8WbFD7nKIp0L3Ogza7ZeWBrD71gxaEDvgo7tamtk0pPwIVpbVHYDY8YHODeQ
EQfVOwMLmkxh/EKvth5f64wb5Rnhb5ul8R+r5du9foShU9sQ8AAACBAN0SH/sq1u7zO6HR
9h0jvXFvdfw86mhpMG7jVZlTVvxbW/0vl65UPxsKG5iYxKHCCR94jr6cyRRgOBMU6HjXVZ
+tRlpTb2ogmCCrWWqugK0hkBymQg2tuHgzd7yEDq8hrqSI2QC5l0bCreACO3257arvUe7w
47tfd5iUWpQdojVxAAAACm93bkB2ZWN0b3I=
-----END OPENSSH PRIVATE KEY-----
`,
  },
  {
    name: 'RSA, PKCS#1',
    key: KEYS.rsa,
    isEncrypted: false,
    hasComment: false,
    text: `-----BEGIN RSA PRIVATE KEY-----
MIIEpAIBAAKCAQEAwB8mj1pFeUc18WoXwTsD0cVdZBHKHMKnzLttfn+2m0DNdccO
4sX8HJTDPB8z7YWH7h8JXDO8roJvfwgGOFdXwHjkJc/rlq440nrd/7/rajekcYeL
sCG7dAAMnmyhQEXackAU6kHYgnlPDNISSH33cOS3vVbXd+AKczahaxvpq6cznZEf
OoOdAJBOv1C/5qjjmCxrn3CBiHhFKZqrRzOvApC4/PaHzpscvwcKUPc9m/uNDrXl
7JY0SvwP7BnawhkrijexJSWgmg3TULBZuY/rBLUYowNyCIWEFYg7vfRj30ZOTM3u
mNn+eYWnaLhQrmPn6VQoWB3z4UU9Q+/d5GFCnwIDAQABAoIBAAPc/H5YdITY9jrk
WmrudV1eqHSZLk/AEvYOdMgHkxPxzHqIUK0ltF6cwoTvJFur2je4abdFa7oJ8b+u
WSBWkp39BarEULqccT8Q7Rg180AVCK+nEpuC6iKN17Md1cDq8Va9IXkzxBdHj4aJ
+N0lT02hWRfWawnEOGGTC9GRY57/JPgbA84pYFz9sCxsRzbeaIB6DWS99aZPBYFh
Yt/CqJrIBL375CAD0zJQV0XtHhSBp7LiNRfYbKtSRP+sL6+pYJuW00NJ4bp7YS/t
ojkgqqyQODjCuYTvYHXIzIMQYodfeghyOS0OwzoHx6BkXxY6y/PJGXOAClHnlQPf
54UEaBECgYEA3noXYOT/4eFJ9Zctca7B/zZ+lCO+ADR8fBfMYuW9WfQbvAdEFeDO
1kNWCu/4ls8WbFD7nKIp0L3Ogza7ZeWBrD71gxaEDvgo7tamtk0pPwIVpbVHYDY8
YHODeQEQfVOwMLmkxh/EKvth5f64wb5Rnhb5ul8R+r5du9foShU9sQ8CgYEA3RIf
+yrW7vM7odH2HSO9cW91/DzqaGkwbuNVmVNW/Ftb/S+XrlQ/GwobmJjEocIJH3iO
vpzJFGA4ExToeNdVn61GWlNvaiCYIKtZaq6ArSGQHKZCDa24eDN3vIQOryGupIjZ
ALmXRsKt4AI7fbntqu9R7vDju193mJRalB2iNXECgYAVCI31RzE59ca8RVKykMce
jdRhxQ9NjajHQqi8IORKAN4uZLF3MA3eC/eyiQWDnIiOLQncwSga6BcCKMaG16/u
zPUBM7vAfo3AJuMUES95GYVaaU0aN4Z1x/YCFqusbaEWujZt1MsDFUkoKXDmQEwP
GjT5/csBXcYW4E7B0khG2QKBgQCJ+m4LjcloileFwE4kEdKDolW5gSuszzpze2BJ
ukJob30SoUnCfMKGVeCzdWYEr96RzeUKA0FdflCBWGNgSMYgSz3F0p2PV5ibi1bb
xt55MKGJwBsp/mtMWpM5DhM8K4GdH+yRD0Tj3U44qiwHZKx6K7SvtZntsMAscyu1
lmlPgQKBgQCrpK3uvVJxMVo+SSiUQzQYt9/6zsOC9URZWHMEoMUo8iCDV2dc7M86
55Cv5hpujuCGz/bAdX8LYaflIKs3KAAKJum0dgIyIw5y60klyOGoSmx1VX2JwvnR
EDMuga4+8zZlvl7YSRP2/MhJ4e5LvmbmzSu+vFKSFXumDoo+htT5Gw==
-----END RSA PRIVATE KEY-----
`,
  },
  {
    name: 'RSA, PKCS#1, AES-128-CBC',
    key: KEYS.rsa,
    isEncrypted: true,
    hasComment: false,
    text: `-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,D7486AA0A60047B3F363CE9142BAE467

BFJweMTp96ERHN+1CchYsnWWafk1dnOioSLNMqGqmt5HrRG/+Qx0gdC2lY779SKo
U9Xd3a5QIEOESVRRi5okThbAH5YCbYpT4U/kTqu893j8sj8AfJs2aUSZzP3qPjo4
q5kXeE/AD3nIbtXCSGR9v2iFdDlmrAz9+jvE3gXdA7tWmOmzyXtT4mx8zJMREoUh
QCbF4XnRXPr3i6bWKeiKY4QwYjdYc1O2uX9n35Huo/uUfbiCDEyIhspXX5WJVYbT
peG9Zcqgyis57CKtxsEMcrXPb7sl4wFZ8ugUqzGJdyWC2YDkYKFMYlDaNkOvo578
tO3esNCbcQnViC/mk2clIEPBdZELhDSNpb//B5GlHTR5B+ILaShEvYhfZCMb/zjB
rHyjIRBoyEqbIUlyXJy07+8Bx6vMIG3w77P/hmb9CuZR0SzM0IsiWC/mIrofIxkQ
tquPFlldSEVqVtJOsL3HwYOf5SmD7GYjCIuwyRAVe4qUMrmNtPwJYgaGWaWkh4JR
RV+m5Iie03rn8hlRr0Cb92L29Ym1ZN98v568/Q2IiKRNa5fnl/IA+UT9yumsKD67
BeepfCjI0mbllUQk7H/5HazxQQVe2NnxGSpiuE8qMHO/f4BvWkbwCx5YIg5LVaB5
7L3zGneHhYeFnYbAY5Gwt+yHFzwzCbekMnYOBGelpStOv3+eseaJ7ouID16RIuxV
t/c6m7rO88xuvr0PdVTYI4rU4ex7qU4vtrq1JdUsYKCendBfZY7DCr/wXZvXx+3R
Rxi7jeVDHY/wSNVgnDfYv/tj05qWMgFaH9m3vPbCSxB1hl8L/eZvYq5Mh+MQHoJK
3mDhPsfow+vRkxSjbjFYag0HNCBzBnApyyys9ZEyqdQmL8pFfiN67hXRpwgBW8wL
ZSBh44lcgOwkmNMYF/EqxFBPCZTVOIlEIBdhT7lWITSVN5SU1w3aQYVOt+Vs3T0K
U21sxqTwuvvlqnb6W4LZkN710trSVJuG/VuXxYcIrgXxmdNT/QONwaiFSWmz3Tlo
yrKIXolnzreEAqum219dXmZETWZsGb4qV2H2NBnW9j2UjWjNxpB7KOIrzkxWy6rP
vtMkG8AR8J4CahKZ4iIGhXOsYVkTHUPRZJReCrfQEhwGpU6PZjdyuNYEIuBvGHf3
A5S4GLgt1ULtJlChKWQtDorlSTFiVWPfwQJfWj94p4lV+PEz/WAweor5cYqpPThu
P+oDb2n0K8XuIVf+D7Vdr1/KPCWs9+/IovbyAKvNJEUNGiR8Ot1JjFE00nENPasI
mWK3UGMjITjULQiP0urGGBEQjmL//QsaJrpbEAnaUhmRLRTAM/FerOx/SnbFSYTH
ASQLTPQCyOmneUBBFNrRVKtGK/36NvVFHXXWkWTc2Y+vu6l1zoONVfEU5LQoF65E
TmziucZlcyYAyLuCkPZlY+xYABQSQ7SVDATGSwuv1AhpMtvP+ydUJYGs5UWEi/DX
EGZrgkCA3cdFrASLoxHy+lqAo3uxnCbw+kKaqs/6iHec7sA4tHHmJ8vWhznPOM6O
AcyfW7bHgKe0Kj7BJa8ps57CGwrfAWeiK+XbfXw4jjpOoVf63Q3F9Jweq+h7wqHa
-----END RSA PRIVATE KEY-----
`,
  },
  {
    name: 'RSA, PKCS#1, DES-EDE3-CBC',
    key: KEYS.rsa,
    isEncrypted: true,
    hasComment: false,
    text: `-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: DES-EDE3-CBC,FE24FAA433C02E67

7zumhqv4eoDuufbQh90joMvbQX1D0UYZSAGOPjWm9pRjAeUAkTp+wjPQxy7rZmLX
311tGX+j7/vabm7pxpaIEbvWhsbZWXe3hra4O83W1MhHG+fstCM4ikTpyrJ9eLeF
tKUY447bCL454aOsR+ksqmMOyjdvrJkiSUbAt3lxVQVAi38UwQCVZAPiyNfFOtiJ
eIAR0HEC8/S1NV9QKOuqjcpGCnZxhpx3lIWg5x/kYjtv1TU5SgD1frTyVXjCzio+
2HAnJxfTpA98GxrVGnCaQLLFnc3Uxxx9pSujfuMeUqV6WJR9brc4v1WPboxX3XU3
99DH/enT3DP7rIyZRJJlQfjDIlBs0Kf7ehgRXF5RsTN8KusmWJpL1W+DynOP3dGU
2BPZjZ6qy/MfuGfcDyZes5MyOEi/gk/cmgIqKHdTl73rHlbb90jlQ6Su5yBE67Oy
unspQxGgYLeVkCwY2a1FHgkmOiUrt1wjPn4VDvqJiXZ8BqKcNXIxPSauv9whWdhV
nVmuz029CFjvu1OIzYu6z0GFOdjhsBFyuI2+5jMO8I4o3LX9D7X3/oBsqcWZ/d7f
nW1rK6V3WHDjrPIA/j7eZnZ7OmeGJLgVBinEK1AaJ43YHJ3KDsygEvlh8UymURD3
O7LZROqab/kKNjg2ji6Jg0ll7HyStQuOF1wgsUcUG1gWBcXwLzqfFQTox+j/3Kja
KR9eEClpx92Jh5kYhsuj4QzdujKY+bYrZrckBTaLhMElY9bUbiiU4dhwg3S0d3zY
BL4ghRUH99Qg4ee1b/wRI3BXIydtJbGbK2qJFRdNUdIwjKKP1q+fJFX8KsTr8Pwx
XMpSnBzITJMwtg6KDqAyh0j+ssTqe/pcarottb3dY6txNAsJtR/X0sT7ltp6W2Nj
a3OO7Auo/SO3kVmWeIDWVR0pt5nxHsNntmRDHb8LmHHaBafffI0IdzS+CXtrJnpp
6wRMWBMlEO++2U9tKLyFNlJcKXCs7EoRncz+zXDiL7GRolUCCwDx6P2yPCEHRE6w
ylhkO63HgAhfmQsAF1uEbqxlZwHdsvJc+F6GgchDOBmnHCAA8+NJoYEHJkYYbWSR
lrMnp/4Sn1gHyBo4TUiXDRsYO3UxX3OYgzeSv4/t46xn4IK1xSRJe/SaNOLFEzHj
Su+ANHdU9uIou70TppXVhvAl0e7xPYyJBMImPgV1PbUPm3gVRho8tjNq8zFqDben
F/Mvd/Zn3AFL8Lkx+ahPXeCY5Y/FtIKUY5TsrLh+fevevr9IpYYu5r9dbtF3kBf5
Zyil7aznSm3YGgi6S4nJXSmKgd7YLb8Z1Y8mFyLsqr9+PatNT950mRpxghQjeIoo
0CEkwYjHhptslumdGkZYSud9nNkogZdjVPEsEqR24JJpi7W+ph7uonEgEuph2Dr9
FiudmFWXlyZiIF3OdHvqbBLdC6KQ1KUFoC6ugAeb9IkoR3d3xn+2dxa03b8naaaQ
iff4zZuP5vfcglOuSlcYfigbIZht3Mx//+fbYSzJPpcD6rtu3dPPxPs+88qUK2hj
BAkLqpa3MARuFOw4u8oN94O5m+lUhWUhFvrvgTCeha6pBCgxtVZo3iIx7QF5sVgb
-----END RSA PRIVATE KEY-----
`,
  },
  {
    name: 'RSA, PKCS#8',
    key: KEYS.rsa,
    isEncrypted: false,
    hasComment: false,
    text: `-----BEGIN PRIVATE KEY-----
MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDAHyaPWkV5RzXx
ahfBOwPRxV1kEcocwqfMu21+f7abQM11xw7ixfwclMM8HzPthYfuHwlcM7yugm9/
CAY4V1fAeOQlz+uWrjjSet3/v+tqN6Rxh4uwIbt0AAyebKFARdpyQBTqQdiCeU8M
0hJIffdw5Le9Vtd34ApzNqFrG+mrpzOdkR86g50AkE6/UL/mqOOYLGufcIGIeEUp
mqtHM68CkLj89ofOmxy/BwpQ9z2b+40OteXsljRK/A/sGdrCGSuKN7ElJaCaDdNQ
sFm5j+sEtRijA3IIhYQViDu99GPfRk5Mze6Y2f55hadouFCuY+fpVChYHfPhRT1D
793kYUKfAgMBAAECggEAA9z8flh0hNj2OuRaau51XV6odJkuT8AS9g50yAeTE/HM
eohQrSW0XpzChO8kW6vaN7hpt0Vrugnxv65ZIFaSnf0FqsRQupxxPxDtGDXzQBUI
r6cSm4LqIo3Xsx3VwOrxVr0heTPEF0ePhon43SVPTaFZF9ZrCcQ4YZML0ZFjnv8k
+BsDzilgXP2wLGxHNt5ogHoNZL31pk8FgWFi38KomsgEvfvkIAPTMlBXRe0eFIGn
suI1F9hsq1JE/6wvr6lgm5bTQ0nhunthL+2iOSCqrJA4OMK5hO9gdcjMgxBih196
CHI5LQ7DOgfHoGRfFjrL88kZc4AKUeeVA9/nhQRoEQKBgQDeehdg5P/h4Un1ly1x
rsH/Nn6UI74ANHx8F8xi5b1Z9Bu8B0QV4M7WQ1YK7/iWzxZsUPucoinQvc6DNrtl
5YGsPvWDFoQO+Cju1qa2TSk/AhWltUdgNjxgc4N5ARB9U7AwuaTGH8Qq+2Hl/rjB
vlGeFvm6XxH6vl271+hKFT2xDwKBgQDdEh/7Ktbu8zuh0fYdI71xb3X8POpoaTBu
41WZU1b8W1v9L5euVD8bChuYmMShwgkfeI6+nMkUYDgTFOh411WfrUZaU29qIJgg
q1lqroCtIZAcpkINrbh4M3e8hA6vIa6kiNkAuZdGwq3gAjt9ue2q71Hu8OO7X3eY
lFqUHaI1cQKBgBUIjfVHMTn1xrxFUrKQxx6N1GHFD02NqMdCqLwg5EoA3i5ksXcw
Dd4L97KJBYOciI4tCdzBKBroFwIoxobXr+7M9QEzu8B+jcAm4xQRL3kZhVppTRo3
hnXH9gIWq6xtoRa6Nm3UywMVSSgpcOZATA8aNPn9ywFdxhbgTsHSSEbZAoGBAIn6
bguNyWiKV4XATiQR0oOiVbmBK6zPOnN7YEm6QmhvfRKhScJ8woZV4LN1ZgSv3pHN
5QoDQV1+UIFYY2BIxiBLPcXSnY9XmJuLVtvG3nkwoYnAGyn+a0xakzkOEzwrgZ0f
7JEPROPdTjiqLAdkrHortK+1me2wwCxzK7WWaU+BAoGBAKukre69UnExWj5JKJRD
NBi33/rOw4L1RFlYcwSgxSjyIINXZ1zszzrnkK/mGm6O4IbP9sB1fwthp+Ugqzco
AAom6bR2AjIjDnLrSSXI4ahKbHVVfYnC+dEQMy6Brj7zNmW+XthJE/b8yEnh7ku+
ZubNK768UpIVe6YOij6G1Pkb
-----END PRIVATE KEY-----
`,
  },
  {
    name: 'RSA, PKCS#8, PBES2',
    key: KEYS.rsa,
    isEncrypted: true,
    hasComment: false,
    text: `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIJRsQQIz8ea8CAggA
MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAECBBBPloq+0nNWXhhcjxgRZ6zsBIIE
0OstZNLdlcZ0JmnOHru2oaGrbmInfyL0S9k4BGjfGm7A9V4dnw8TRPTnr59gebhm
d0oMrdP4xtK0kqAaPO85GTYrRwivRNZsgBKs9eKlVJwKayMJ9aPROtUJncmOMQdn
i2+5rpDc67aVGsmGm+c7anPJwydce+4NiAW2OFLS79G+oyle+F6+Qay8y/zgMcxM
s0qdAlZgZF4Lkfu7lW+seNtF6qwbOsIHpZCX0TrEi4np5IVrsTY/vMmDYMGd0v/F
vnWwhfDuVdKlhAkUeb2GNGbKEHwn4JGg2CSMR3uo7S5EE+t69WS2y+f2AZMtaUE4
OSAblgPu2vrFNiWUjafJSSu9pL3A8nMf8aG2+kk+aGg5qzvgA6O2OxT5MTB3mtxn
RqihQxnj8e/09HpQYGpfCUQBzp04HvmKWqkIbsZa2ycjnegLKj05pXO+Vbnpwd85
UMqqYtmcZbibNlTpUpVLbpmX3VODXCORsy/sJ6PDqRZC11fiTsHRDUizN63K+l1I
7lWEjWcvEM7wCJuLc0k5CvR4HfyzEV+AmCCSFq4d6LXBPyQhwXbxBH9EtbnEhNPH
AacIf+w0WpU7pMV1KBWPFyCRNyQ2EfcNCBphVnONNzOXV0WIWYzY8swEArArmTmD
Oe0UXkzvg2gX6YqKQP7snuBgdNmJLzObYKZ7S+lwSPqIwncJWzCruP4I3suTQ7mM
YI0+8jv1XNkqCdI5uThCpqxAqohxDu9/M2BjutPOydsHGJyNhFcxmaZLKwRdHCBN
gxXK86VwkdveddQvCLhI19WPNoTo1lvLzv3I5DErXr0serU4NCDjKp68V/IA9hmO
2hfHZqr6YOsXmLMWZNJDkSDb1Rsi67vgQ/ORXeD7asId7A0qVY3jDqiDsERgLiIA
eJB9JuMx9nWBa3Fw+Wc/f6kxzz6oUogk5sFt5SxWyqrl9i0STGoGQnCcdy7apiLq
X3u0lex5EB9xY02q/VZxKNh1YIvEVB43X0TmMGWB2Wja0sfivQRUkN2mofb+iqJ8
htlyLyGU1XsTc7LInHqQn+/6ugAEGABeC9k4ImRuqiokJkHTdIHzZbdaRTyfxWRU
PwSZgNP2n0zuyvTtaqZbJlzo8WVkVWLFbuoPvZk/ZCMoVmc18X4tTn0gWESLPI2Z
4B+jvwtncQe+vwHNUwFNCHV7A1Ojo3qAdD+YBszUOApSa2xS2k47MRUQ9I8Hti+J
bvsoaXf28/dNLXPyd2Ht9G1wMwigbMBz1XLzZzsdosQl9mvK0N0VNTchfha9YEoT
LALNLhSvbc69leV+7XvRhQJNgBXxlGRHs1qDxf7/KTaN3KkwzFBlR+kOmuYwNZZN
FmvKs6aQauY+al/RP1xgko9Oz8X0k9vcMuBo7fzJ3WNgERNyslMKILmCxJ82Weht
mBG4Czj7vHHUkQLZqDCVaBQnnAKJWoYw+SvseI03DURnbwvYBsXNH6wpTts2Btyn
39CpjYfrt0In+jNDZtXskXxGfSI6+f2Vjq88Qlmu2RVZ5AK13h6RRCVRqPWXU3tx
/JR37rQYqinJBpoZvMysDsZNh4OX6+gScmuzUp927qcdOXbF93H+8FkpFeqUbcvA
SP4VmYg1EdRDEfx+FC6SZKS6z4NXM1eiABIuouEyFn7O
-----END ENCRYPTED PRIVATE KEY-----
`,
  },
  {
    name: 'P-256, OpenSSH',
    key: KEYS.p256,
    isEncrypted: false,
    hasComment: true,
    text: `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAaAAAABNlY2RzYS
1zaGEyLW5pc3RwMjU2AAAACG5pc3RwMjU2AAAAQQSl1zCLQIZN3FB9T+06k8GZ9nzxSn5f
Jq8kf2y/5EeGgBg3MGsOGzGO6VIWx2b8kEgnfCtQhw/PAovvFPBvh8h0AAAAqDR7kV80e5
FfAAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBKXXMItAhk3cUH1P
7TqTwZn2fPFKfl8mryR/bL/kR4aAGDcwaw4bMY7pUhbHZvyQSCd8K1CHD88Ci+8U8G+HyH
QAAAAfJJFM1zu7ArrTmn0DHzLbqSiOJXr+IgJHHLppMRcHTwAAAApvd25AdmVjdG9yAQID
BAUGBw==
-----END OPENSSH PRIVATE KEY-----
`,
  },
  {
    name: 'P-256, SEC 1',
    key: KEYS.p256,
    isEncrypted: false,
    hasComment: false,
    text: `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIAAkkUzXO7sCutOafQMfMtupKI4lev4iAkccumkxFwdPoAoGCCqGSM49
AwEHoUQDQgAEpdcwi0CGTdxQfU/tOpPBmfZ88Up+XyavJH9sv+RHhoAYNzBrDhsx
julSFsdm/JBIJ3wrUIcPzwKL7xTwb4fIdA==
-----END EC PRIVATE KEY-----
`,
  },
  {
    name: 'P-256, SEC 1, compressed point',
    key: KEYS.p256,
    isEncrypted: false,
    hasComment: false,
    text: `-----BEGIN EC PRIVATE KEY-----
MFcCAQEEIAAkkUzXO7sCutOafQMfMtupKI4lev4iAkccumkxFwdPoAoGCCqGSM49
AwEHoSQDIgACpdcwi0CGTdxQfU/tOpPBmfZ88Up+XyavJH9sv+RHhoA=
-----END EC PRIVATE KEY-----
`,
  },
  {
    name: 'P-256, SEC 1, no public key',
    key: KEYS.p256,
    isEncrypted: false,
    hasComment: false,
    text: `-----BEGIN EC PRIVATE KEY-----
MDECAQEEIAAkkUzXO7sCutOafQMfMtupKI4lev4iAkccumkxFwdPoAoGCCqGSM49
AwEH
-----END EC PRIVATE KEY-----
`,
  },
  {
    name: 'P-256, SEC 1, AES-128-CBC',
    key: KEYS.p256,
    isEncrypted: true,
    hasComment: false,
    text: `-----BEGIN EC PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,B6AF1E3102043790D1B556F0B4C37FBB

/NJFqA5S1AI/lBNVkn4LtridxVzJw2z3rSui/Kpy9WJk7R7SbAqL7lfYyrOuEdWo
Lhfkpp7LUPx07BMrrEELF87cDPHEqor4GN2fXsjS8MFGmqBRLI9Lfw0sPvKVYqbP
dlAzMTCJ+40KOcafZ98IoelF2RXpMq3aCuuuLlDwxEw=
-----END EC PRIVATE KEY-----
`,
  },
  {
    name: 'P-384, OpenSSH',
    key: KEYS.p384,
    isEncrypted: false,
    hasComment: true,
    text: `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAiAAAABNlY2RzYS
1zaGEyLW5pc3RwMzg0AAAACG5pc3RwMzg0AAAAYQQAVbl3hVRSbT0v6uXW6aqZ8dX1jbR7
eJzv3voe5O+FWc30oEKA4A+foBrPj8JIF0TqTjBGMD0g1i3nLzixeio5nXEBq+Nbz6LA/r
Bhv2RUrxKaZWQnNebwNdZySseZbicAAADYPc+ugj3ProIAAAATZWNkc2Etc2hhMi1uaXN0
cDM4NAAAAAhuaXN0cDM4NAAAAGEEAFW5d4VUUm09L+rl1umqmfHV9Y20e3ic7976HuTvhV
nN9KBCgOAPn6Aaz4/CSBdE6k4wRjA9INYt5y84sXoqOZ1xAavjW8+iwP6wYb9kVK8SmmVk
JzXm8DXWckrHmW4nAAAAMFgDQmyuVzZP1Utic4S6/M0EC/jDgXtdk2AssBFx17JXgtfBLw
3koWHcyzbuVxnOYAAAAApvd25AdmVjdG9yAQIDBAUG
-----END OPENSSH PRIVATE KEY-----
`,
  },
  {
    name: 'P-521, OpenSSH',
    key: KEYS.p521,
    isEncrypted: false,
    hasComment: true,
    text: `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAArAAAABNlY2RzYS
1zaGEyLW5pc3RwNTIxAAAACG5pc3RwNTIxAAAAhQQAhBlCA7DDdBUZWz4KnsgxwXcP+pED
ZZ5ezRQWLpdJFCTHuWTfA+Df2pLq29467tYGHSxhiKU6DOE8tHXx9Rbtk3gBM9bq6NFtDU
v8ljvtgGgsc26xffYAYz8KL3oIPJKr7ZZBuI5sQEqmOXOglWAEiaDFU36P2J7A8cxkoUy/
jx215YQAAAEIN9mlkTfZpZEAAAATZWNkc2Etc2hhMi1uaXN0cDUyMQAAAAhuaXN0cDUyMQ
AAAIUEAIQZQgOww3QVGVs+Cp7IMcF3D/qRA2WeXs0UFi6XSRQkx7lk3wPg39qS6tveOu7W
Bh0sYYilOgzhPLR18fUW7ZN4ATPW6ujRbQ1L/JY77YBoLHNusX32AGM/Ci96CDySq+2WQb
iObEBKpjlzoJVgBImgxVN+j9iewPHMZKFMv48dteWEAAAAQgGXnDTHPiN6Rlk6bV4WoOQn
Sbfe9y1mi9rYKesdgObqUFnHYF5mQHVeCSN4X8JJPAUuksVaKw7+wrqVRtDo/7kQyAAAAA
pvd25AdmVjdG9y
-----END OPENSSH PRIVATE KEY-----
`,
  },
  {
    name: 'P-521, PKCS#8',
    key: KEYS.p521,
    isEncrypted: false,
    hasComment: false,
    text: `-----BEGIN PRIVATE KEY-----
MIHuAgEAMBAGByqGSM49AgEGBSuBBAAjBIHWMIHTAgEBBEIBl5w0xz4jekZZOm1e
FqDkJ0m33vctZova2CnrHYDm6lBZx2BeZkB1XgkjeF/CSTwFLpLFWisO/sK6lUbQ
6P+5EMihgYkDgYYABACEGUIDsMN0FRlbPgqeyDHBdw/6kQNlnl7NFBYul0kUJMe5
ZN8D4N/akurb3jru1gYdLGGIpToM4Ty0dfH1Fu2TeAEz1uro0W0NS/yWO+2AaCxz
brF99gBjPwovegg8kqvtlkG4jmxASqY5c6CVYASJoMVTfo/YnsDxzGShTL+PHbXl
hA==
-----END PRIVATE KEY-----
`,
  },
];

/** The text of the vector called `name`. */
export function vectorText(name: string): string {
  const vector = VECTORS.find((candidate) => candidate.name === name);
  if (vector === undefined) throw new Error(`no vector called ${name}`);
  return vector.text;
}
